import type { LinkPage } from '@/lib/accounts/mailed-links'
import { mailedToken } from '@/lib/accounts/peek-link'
import { env } from '@/lib/env'
import type { Locale } from '@/lib/i18n/locales'
import { type DecidedMail, isTold, linkPages } from '@/lib/mail/decided-mail'
import type { Letter } from '@/lib/mail/letter'
import { hasTooLittleLife } from '@/lib/worker/usefulness'

const pages: Record<string, LinkPage> = linkPages

/**
 * The letter of a decided mail, its links made now. Null when it is no longer worth sending: its link has ended, or would
 * soon after it arrived.
 */
export async function writeLetter(
  mail: DecidedMail,
  { id, locale, now }: { id: string; locale: Locale; now: Date },
): Promise<Letter | null> {
  const page = (path: string) => `${env().appUrl}/${locale}/${path}`
  const envelope = { id, to: mail.sentTo, locale }
  if (!('token' in mail)) return { ...mail, ...envelope, signInLink: page('login'), resetLink: page('forgot-password') }
  const { token, ...rest } = mail
  const mailed = await mailedToken(token.id)
  const path = [pages[rest.template], mailed?.secret].filter(Boolean).join('/')
  const letter = { ...rest, ...envelope, link: page(path), validUntil: token.validUntil }
  // A change is told whatever became of its link since: the page of the link says so, also without a token.
  if (isTold(rest.template)) return letter
  return mailed?.isWanted && !hasTooLittleLife(mail, now) ? letter : null
}
