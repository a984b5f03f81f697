import { redeemVerification } from '@/lib/accounts/verification'
import { db } from '@/lib/db/client'
import type { FakeResend } from '@/tests/support/fake-resend'
import { newCaller, signUpAs } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'

/** Somebody with a confirmed address; no mail of theirs is left behind. */
export async function joinThrough(resend: FakeResend): Promise<Person> {
  const person = newPerson()
  await signUpAs(person)
  const result = await redeemVerification(sentToken(resend, 'verify-email'), newCaller())
  if (!result.ok) throw new Error('the confirmation link did not serve')
  await (await db()).mail.deleteMany()
  resend.reset()
  return person
}

/** The token of the link to a page in the mail that was sent last. */
export function sentToken(resend: FakeResend, page: 'verify-email' | 'reset-password'): string {
  const token = new RegExp(`/${page}/([\\w-]{43})`).exec(resend.mails.at(-1)?.text ?? '')?.[1]
  if (token === undefined) throw new Error(`no mailed link to ${page}`)
  return token
}
