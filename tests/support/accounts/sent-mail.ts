import type { LinkPage } from '@/lib/accounts/mailed-links'
import { redeemVerification } from '@/lib/accounts/verification'
import { db } from '@/lib/db/client'
import { newCaller, signUpAs } from '@/tests/support/accounts/people'
import type { Person } from '@/tests/support/person'
import type { FakeResend } from '@/tests/support/resend/fake-resend'

/** Somebody with a confirmed address; no mail of theirs is left behind. */
export async function joinThrough(resend: FakeResend): Promise<Person> {
  const person = await signUpAs()
  const result = await redeemVerification(sentToken(resend, 'verify-email'), person.password, newCaller())
  if (!result.ok) throw new Error('the confirmation link did not serve')
  await (await db()).mail.deleteMany()
  resend.reset()
  return person
}

/** The token of the link to a page in the mail that was sent last. */
export function sentToken(resend: FakeResend, page: LinkPage): string {
  const token = new RegExp(`/${page}/([\\w-]{43})`).exec(resend.mails.at(-1)?.text ?? '')?.[1]
  if (token === undefined) throw new Error(`no mailed link to ${page}`)
  return token
}
