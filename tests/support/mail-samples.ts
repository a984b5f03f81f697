import type { Locale } from '@/lib/i18n/locales'
import type { Asked, Envelope, Letter } from '@/lib/mail/letter'

export const sampleOrigin = 'https://account.metamots.example'

const token = 'q3J8v0yT5mXh2Zk7RwN1bLsD4uFcPgAe9iOoHjKlMnU'
const inThreeDays = '2026-11-26T16:05:00.000Z'
const asked: Asked = { at: '2026-11-23T16:05:00.000Z', device: { browser: 'Firefox', system: 'Windows' } }

/** One letter of every template, as the outbox would write it. */
export const sampleLetters: Letter[] = [
  {
    template: 'verify_address',
    link: `${sampleOrigin}/fr/verify-email/${token}`,
    validUntil: '2026-11-24T16:05:00.000Z',
    asked,
  },
  {
    template: 'account_exists',
    signInLink: `${sampleOrigin}/fr/login`,
    resetLink: `${sampleOrigin}/fr/forgot-password`,
    asked,
  },
  {
    template: 'reset_password',
    link: `${sampleOrigin}/fr/reset-password/${token}`,
    validUntil: '2026-11-23T16:35:00.000Z',
    asked,
  },
  { template: 'request_mismatch', retryLink: `${sampleOrigin}/fr/forgot-password`, asked },
  { template: 'password_changed', link: `${sampleOrigin}/fr/not-me/${token}`, validUntil: inThreeDays, asked },
  {
    template: 'new_email',
    link: `${sampleOrigin}/fr/new-email/${token}`,
    validUntil: '2026-11-24T16:05:00.000Z',
    asked,
  },
  { template: 'address_changed', link: `${sampleOrigin}/fr/not-me/${token}`, validUntil: inThreeDays, asked },
  {
    template: 'account_secured',
    link: `${sampleOrigin}/fr/reset-password/${token}`,
    validUntil: '2026-11-23T16:35:00.000Z',
    asked,
  },
  {
    template: 'account_closing',
    closesAt: '2026-11-30T16:05:00.000Z',
    signInLink: `${sampleOrigin}/fr/login`,
    resetLink: `${sampleOrigin}/fr/forgot-password`,
    asked,
  },
]

export function sampleEnvelope(letter: Letter, locale: Locale = 'fr'): Envelope {
  return {
    id: '0b7cb1d2-6a1e-4f0e-9a34-0d7f1f8f2a11',
    to: 'camille.lefevre@example.com',
    locale,
    timeZone: 'Europe/Paris',
    letter,
  }
}

/** The letter of one template, asked from the given device. */
export function sampleLetter(template: Letter['template'], device = asked.device): Letter {
  const letter = sampleLetters.find((sample) => sample.template === template)
  if (!letter) throw new Error(`No sample of ${template}`)
  return { ...letter, asked: { ...letter.asked, device } }
}
