import type { PasswordIssue } from '@/lib/accounts/codes'
import { isBreached } from '@/lib/accounts/passwords/breached'
import { isCommonPassword } from '@/lib/accounts/passwords/common'
import { foldedText } from '@/lib/accounts/passwords/folded-text'
import { readings, unsubstituted } from '@/lib/accounts/passwords/readings'
import { judgeClasses } from '@/lib/accounts/passwords/rule'

/** A password that will not do, with all that is wrong with it. */
export type WeakPassword = { ok: false; code: 'weak_password'; issues: PasswordIssue[] }

type Person = { email: string; username?: string | null; firstName: string; lastName: string }

/**
 * All that is wrong with a person's new password: the same verdict at sign-up, change and reset. Empty when it will do.
 * Only a password without any other fault is looked up among breached ones, which may take a second.
 */
export async function judgePassword(password: string, person: Person): Promise<PasswordIssue[]> {
  const issues = await judgeByItself(password, person)
  if (issues.length === 0 && (await isBreached(password))) issues.push('too_common')
  return issues
}

/** The same without the look among breached ones: what can be told at once, and costs no more than reading the form. */
export async function judgeByItself(password: string, person: Person): Promise<PasswordIssue[]> {
  const issues = judgeClasses(password)
  if (holdsOwnWord(password, person)) issues.push('personal')
  if (await isCommonPassword(password)) issues.push('too_common')
  return issues
}

function holdsOwnWord(password: string, { email, username, firstName, lastName }: Person): boolean {
  const folded = foldedText(password)
  const lettersOnly = folded.replace(/[^\p{L}]/gu, '')
  const spellings = [folded, ...unsubstituted(folded)]
  const [local = '', domain = ''] = email.split('@')
  const words = [local, username ?? '', firstName, lastName, 'metamots'].flatMap(wordsOf)
  const meanings = new Set(readings(folded))
  return (
    words.some((word) => word.length >= 4 && spellings.some((spelling) => spelling.includes(word))) ||
    words.some((word) => word.length === 3 && lettersOnly === word) ||
    wordsOf(domain).some((word) => meanings.has(word))
  )
}

function wordsOf(text: string): string[] {
  return foldedText(text).split(/[^\p{L}\p{N}]+/u)
}
