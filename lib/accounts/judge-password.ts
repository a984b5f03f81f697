import { canonicalName } from '@/lib/accounts/canonical'
import type { PasswordIssue } from '@/lib/accounts/codes'
import { judgeClasses } from '@/lib/accounts/password'

type Person = { email: string; username?: string | null; firstName: string; lastName: string }

/** All that is wrong with a person's new password: the same verdict at sign-up, change and reset. Empty when it will do. */
export function judgePassword(password: string, person: Person): PasswordIssue[] {
  const issues = judgeClasses(password)
  if (holdsOwnWord(password, person)) issues.push('personal')
  return issues
}

function holdsOwnWord(password: string, { email, username, firstName, lastName }: Person): boolean {
  const folded = canonicalName(password)
  const lettersOnly = folded.replace(/[^\p{L}]/gu, '')
  const words = [email.split('@')[0] ?? '', username ?? '', firstName, lastName, 'metamots'].flatMap((text) =>
    canonicalName(text).split(/[^\p{L}\p{N}]+/u),
  )
  return words.some(
    (word) => (word.length >= 4 && folded.includes(word)) || (word.length === 3 && lettersOnly === word),
  )
}
