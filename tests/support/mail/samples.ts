import type { Locale } from '@/lib/i18n/locales'
import type { Asked, Letter } from '@/lib/mail/letter'

export const sampleOrigin = 'https://account.metamots.example'

const token = 'q3J8v0yT5mXh2Zk7RwN1bLsD4uFcPgAe9iOoHjKlMnU'
const inThreeDays = '2026-11-26T16:05:00.000Z'
const asked: Asked = { at: '2026-11-23T16:05:00.000Z', device: { browser: 'Firefox', system: 'Windows' } }

const envelope = {
  id: '0b7cb1d2-6a1e-4f0e-9a34-0d7f1f8f2a11',
  to: 'camille.lefevre@example.com',
  locale: 'fr' as const,
  timeZone: 'Europe/Paris',
  asked,
}
const ways = { signInLink: `${sampleOrigin}/fr/login`, resetLink: `${sampleOrigin}/fr/forgot-password` }

/** One letter of every template. */
export const sampleLetters: Letter[] = [
  {
    ...envelope,
    template: 'verify_address',
    link: `${sampleOrigin}/fr/verify-email/${token}`,
    validUntil: '2026-11-24T16:05:00.000Z',
  },
  {
    ...envelope,
    ...ways,
    template: 'account_exists',
  },
  {
    ...envelope,
    template: 'reset_password',
    link: `${sampleOrigin}/fr/reset-password/${token}`,
    validUntil: '2026-11-23T16:35:00.000Z',
  },
  { ...envelope, ...ways, template: 'request_mismatch' },
  { ...envelope, ...ways, template: 'reset_blocked', blockedUntil: inThreeDays },
  { ...envelope, template: 'password_changed', link: `${sampleOrigin}/fr/not-me/${token}`, validUntil: inThreeDays },
  {
    ...envelope,
    template: 'new_email',
    link: `${sampleOrigin}/fr/new-email/${token}`,
    validUntil: '2026-11-24T16:05:00.000Z',
  },
  { ...envelope, template: 'address_changed', link: `${sampleOrigin}/fr/not-me/${token}`, validUntil: inThreeDays },
  {
    ...envelope,
    template: 'details_changed',
    changed: ['name', 'country', 'organization_type'],
    link: `${sampleOrigin}/fr/not-me/${token}`,
    validUntil: inThreeDays,
  },
  { ...envelope, template: 'account_disputed', link: `${sampleOrigin}/fr/not-me/${token}`, validUntil: inThreeDays },
  { ...envelope, template: 'new_browser', link: `${sampleOrigin}/fr/not-me/${token}`, validUntil: inThreeDays },
  {
    ...envelope,
    template: 'account_secured',
    link: `${sampleOrigin}/fr/reset-password/${token}`,
    validUntil: '2026-11-23T16:35:00.000Z',
  },
  { ...envelope, ...ways, template: 'log_in_blocked' },
  {
    ...envelope,
    ...ways,
    template: 'account_closing',
    closesAt: '2026-11-30T16:05:00.000Z',
  },
]

/** The same letter in another language. */
export function sampleIn(letter: Letter, locale: Locale = 'fr'): Letter {
  return { ...letter, locale }
}

/** The letter of one template, asked from the given device. */
export function sampleLetter(template: Letter['template'], device = asked.device): Letter {
  const letter = sampleLetters.find((sample) => sample.template === template)
  if (!letter) throw new Error(`No sample of ${template}`)
  return { ...letter, asked: { ...letter.asked, device } }
}
