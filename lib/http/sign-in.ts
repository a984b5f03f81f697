import { redirect } from 'next/navigation'
import { addMark } from '@/lib/accounts/mark'
import { type AppRequest, appRequestOf, withoutHint } from '@/lib/apps/app-request'
import { type ReturnPath, returnPathOf } from '@/lib/apps/return-to'
import { env } from '@/lib/env'
import { clearCookie, readCookie, setCookie } from '@/lib/http/cookies'
import { markPolicy } from '@/lib/policy'

/** The pages of an account to which signing in leads whoever asked for them. */
const returnPages = ['change-password', 'change-email', 'username', 'details', 'rehearsal', 'close', 'keep'] as const

export type ReturnPage = (typeof returnPages)[number]

/** Where signing in leads: to a page of the account, or back to what an application asked for. */
export type ReturnTo = ReturnPage | AppRequest | ReturnPath

/** Leads to the sign-in page, and from there back to a page of the account. */
export function askToSignIn(locale: string, next?: ReturnPage): never {
  redirect(`/${locale}/login${next ? `?next=${next}` : ''}`)
}

/** Where to lead back to that a request names, if it is one of ours. */
export function returnPageOf(next: unknown): ReturnTo | undefined {
  return returnPages.find((page) => page === next) ?? appRequestOf(next) ?? returnPathOf(next)
}

/** Where somebody who has signed in goes. */
export function afterSignIn(locale: string, next: ReturnTo | undefined): string {
  if (next?.startsWith('oidc/')) return `/${locale}/go-on?to=${encodeURIComponent(withoutHint(next as AppRequest))}`
  // Next's router takes the last slash from a path, but not from a whole address.
  if (next?.startsWith('/')) return env().appUrl + next
  return `/${locale}/account${next ? `/${next}` : ''}`
}

/** Keeps in the browser what a sign-in gave it: its session, and the mark by which it is known again; and ends what it kept of the way there, which the next person is not to see. Only in actions and routes. */
export async function keepSignIn({ session, mark }: { session: string; mark: string }): Promise<void> {
  await setCookie('session', session)
  await clearCookie('sent-to')
  await clearCookie('asked')
  await keepMark(mark)
}

/** Keeps a mark in the browser beside those of others who use it. Only in actions and routes. */
export async function keepMark(mark: string): Promise<void> {
  await setCookie('device', addMark(await readCookie('device'), mark), markPolicy.keptSeconds)
}
