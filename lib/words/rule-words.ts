import { getTranslations } from 'next-intl/server'
import type { PasswordIssue } from '@/lib/accounts/codes'
import { passwordRules } from '@/lib/accounts/passwords/rule'
import { passwordPolicy } from '@/lib/policy'

/** The rules of a new password that are listed beside it. */
export const ruleIssues = [
  'too_short',
  'missing_lower',
  'missing_upper',
  'missing_digit',
  'missing_special',
] as const satisfies PasswordIssue[]

export type RuleWords = {
  heading: string
  rules: [PasswordIssue, string][]
  met: string
  unmet: string
  advice: string
  /** Said when the password holds what nobody sees, and when it begins or ends with a space. */
  unseen: string
  outerSpace: string
  /** The same for password managers. */
  forManagers: string
}

/** The rules of a new password, as shown while it is typed. */
export async function ruleWords(): Promise<RuleWords> {
  const t = await getTranslations('passwordRules')
  const fields = await getTranslations('fields')
  return {
    heading: t('heading'),
    rules: ruleIssues.map((issue) => [issue, t(issue, { min: passwordPolicy.minLength })]),
    met: t('met'),
    unmet: t('unmet'),
    advice: t('advice'),
    unseen: fields('newPassword.unseen'),
    outerSpace: t('outerSpace'),
    forManagers: passwordRules,
  }
}
