import type { PasswordIssue } from '@/lib/accounts/codes'
import { passwordPolicy } from '@/lib/policy'
import { trimUnseen, withoutUnseen } from '@/lib/unseen'

const { minLength, maxLength, maxBytes } = passwordPolicy
/** What keyboards put between letters that join, and behind an emoji: whoever types these again writes it again. */
const joiners = /(?<=[^\0-\u02ff])[\u200c\u200d](?=[^\0-\u02ff])|(?<=\p{Extended_Pictographic})\ufe0f/gu

/** The same rule for password managers, as the value of the `passwordrules` attribute. */
export const passwordRules = `minlength: ${minLength}; maxlength: ${maxLength}; required: lower; required: upper; required: digit; required: special;`

/** Whether a password has a space at an end, which is kept, and easily typed by mistake. Runs anywhere. */
export function hasOuterSpace(password: string): boolean {
  return password.trim() !== password
}

/**
 * Whether a password has the right length, mixes the four classes and can be typed again: what is still missing, all at
 * once. What nobody sees counts for nothing, and a space at an end is no special character. Runs anywhere.
 */
export function judgeClasses(typed: string): PasswordIssue[] {
  const password = typed.normalize('NFKC')
  const seen = withoutUnseen(password)
  const unjoined = password.replace(joiners, '')
  const verdicts: [PasswordIssue, boolean][] = [
    ['unseen', withoutUnseen(unjoined) !== unjoined],
    ['too_short', [...seen].length < minLength],
    ['missing_lower', !/\p{Ll}/u.test(seen)],
    ['missing_upper', !/\p{Lu}/u.test(seen)],
    ['missing_digit', !/\p{Nd}/u.test(seen)],
    ['missing_special', !/[^\p{Ll}\p{Lu}\p{Nd}]/u.test(trimUnseen(seen))],
    ['too_long', [...password].length > maxLength || new TextEncoder().encode(password).length > maxBytes],
  ]
  return verdicts.filter(([, broken]) => broken).map(([issue]) => issue)
}
