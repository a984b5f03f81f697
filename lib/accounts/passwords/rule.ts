import type { PasswordIssue } from '@/lib/accounts/codes'
import { passwordPolicy } from '@/lib/policy'

const { minLength, maxLength, maxBytes } = passwordPolicy

/** The same rule for password managers, as the value of the `passwordrules` attribute. */
export const passwordRules = `minlength: ${minLength}; maxlength: ${maxLength}; required: lower; required: upper; required: digit; required: special;`

/** Whether a password has the right length and mixes the four classes: what is still missing, all at once. Runs anywhere. */
export function judgeClasses(typed: string): PasswordIssue[] {
  const password = typed.normalize('NFKC')
  const length = [...password].length
  const verdicts: [PasswordIssue, boolean][] = [
    ['too_short', length < minLength],
    ['missing_lower', !/\p{Ll}/u.test(password)],
    ['missing_upper', !/\p{Lu}/u.test(password)],
    ['missing_digit', !/\p{Nd}/u.test(password)],
    ['missing_special', !/[^\p{Ll}\p{Lu}\p{Nd}]/u.test(password)],
    ['too_long', length > maxLength || new TextEncoder().encode(password).length > maxBytes],
  ]
  return verdicts.filter(([, broken]) => broken).map(([issue]) => issue)
}
