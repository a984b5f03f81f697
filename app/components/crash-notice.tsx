'use client'

import { usePathname } from 'next/navigation'
import { defaultLocale, isLocale } from '@/lib/i18n/locales'
import words from '@/messages/crash.json'

/** For a page that failed: the one text in the browser, because no page is left to bring it. */
export function CrashNotice({ reference }: { reference: string | undefined }) {
  const path = usePathname()
  const locale = path.split('/')[1]
  const { title, text, reference: label, reload } = words[isLocale(locale) ? locale : defaultLocale]
  return (
    <>
      <title>{title}</title>
      <h1>{title}</h1>
      <p role="alert">{text}</p>
      {reference && (
        <p>
          {label} <code className="reference">{reference}</code>
        </p>
      )}
      <p className="actions">
        <a className="button button-primary" href={path}>
          {reload}
        </a>
      </p>
    </>
  )
}
