import { getTranslations } from 'next-intl/server'
import { hasOuterSpace } from '@/lib/accounts/passwords/rule'
import { readCookie, setCookie } from '@/lib/http/cookies'

/** The forms that make a password. */
type PasswordPage = 'signup' | 'reset-password' | 'account/change-password'

const lifetimeSeconds = 600

/** Keeps in this browser, for the page that follows a form, that a password with a space at an end was made: no address says it. Only in actions. */
export async function noteOuterSpace(page: PasswordPage, password: string): Promise<void> {
  if (hasOuterSpace(password)) await setCookie('space', page, lifetimeSeconds)
}

/** What that page says of it. */
export async function outerSpaceTexts(page: PasswordPage): Promise<string[]> {
  return (await readCookie('space')) === page ? [await outerSpaceText()] : []
}

export async function outerSpaceText(): Promise<string> {
  const t = await getTranslations('passwordRules')
  return t('outerSpace')
}
