import { getTranslations } from 'next-intl/server'
import type { PasswordIssue } from '@/lib/accounts/codes'
import { passwordPolicy } from '@/lib/policy'

const rules = [
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
}

/** The rules of a new password, as shown while it is typed. */
export async function ruleWords(): Promise<RuleWords> {
  const t = await getTranslations('passwordRules')
  return {
    heading: t('heading'),
    rules: rules.map((issue) => [issue, t(issue, { min: passwordPolicy.minLength })]),
    met: t('met'),
    unmet: t('unmet'),
    advice: t('advice'),
  }
}
