import type { CSSProperties } from 'react'

const family = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

/** Colours of light mails are inline, for programs that drop style sheets; those of dark ones override them by class. */
export const look = {
  page: { backgroundColor: '#f5f4f0', color: '#1b1b1f', fontFamily: family, margin: '0', padding: '24px 12px' },
  container: { maxWidth: '560px' },
  wordmark: { color: '#1b1b1f', fontSize: '22px', fontWeight: 700, lineHeight: '30px', margin: '0 4px 20px' },
  wordmarkLine: { borderBottom: '4px solid #ffd400' },
  card: { backgroundColor: '#ffffff', border: '1px solid #e3e1da', borderRadius: '12px', padding: '28px 28px 12px' },
  heading: { color: '#1b1b1f', fontSize: '26px', fontWeight: 700, lineHeight: '33px', margin: '0 0 16px' },
  text: { color: '#1b1b1f', fontSize: '16px', lineHeight: '25px', margin: '0 0 16px' },
  button: {
    backgroundColor: '#ffd400',
    border: '1px solid #c9a700',
    borderRadius: '8px',
    color: '#1b1b1f',
    fontSize: '17px',
    fontWeight: 700,
    lineHeight: '120%',
    padding: '14px 24px',
  },
  quietButton: {
    backgroundColor: '#ffffff',
    border: '2px solid #1b1b1f',
    borderRadius: '8px',
    color: '#1b1b1f',
    fontSize: '17px',
    fontWeight: 700,
    lineHeight: '120%',
    padding: '13px 23px',
  },
  action: { margin: '24px 0 16px' },
  note: { color: '#4a4a52', fontSize: '14px', lineHeight: '21px', margin: '0 0 24px' },
  bareLink: { color: '#4a4a52', fontSize: '14px', lineHeight: '21px', margin: '0 0 16px' },
  end: { borderTop: '1px solid #e3e1da', margin: '24px 0 0', paddingTop: '16px' },
  link: { color: '#4a4a52', textDecoration: 'underline', wordBreak: 'break-all' },
  facts: { backgroundColor: '#f5f4f0', borderRadius: '8px', margin: '0 0 16px', padding: '8px 16px 12px' },
  fact: { color: '#1b1b1f', fontSize: '16px', lineHeight: '24px', margin: '0' },
  label: { color: '#4a4a52', display: 'block', fontSize: '14px', lineHeight: '21px', paddingTop: '4px' },
  finePrint: { padding: '20px 4px 0' },
  small: { color: '#4a4a52', fontSize: '14px', lineHeight: '21px', margin: '0 0 4px' },
} satisfies Record<string, CSSProperties>

export const darkLook = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: #151517 !important; }
  .card { background-color: #202024 !important; border-color: #38383e !important; }
  .ink, .ink a { color: #f3f2ee !important; }
  .small, .small a { color: #c3c2bd !important; }
  .panel { background-color: #2b2b30 !important; }
  .line { border-color: #38383e !important; }
  .quiet { background-color: #202024 !important; border-color: #f3f2ee !important; color: #f3f2ee !important; }
}
@media (max-width: 480px) {
  .cell { padding: 22px 18px 8px !important; }
  .button { display: block !important; font-size: 16px !important; padding: 14px 12px !important; text-align: center !important; }
  .heading { font-size: 23px !important; line-height: 29px !important; }
}
`
