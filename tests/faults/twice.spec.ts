import { expect } from '@playwright/test'
import { linkIn, mailsTo, mailTo } from '@/tests/e2e/fixtures'
import { readForm } from '@/tests/e2e/raw-form'
import { cookiesOf, followRaw, identityOf, joinRaw, logInRaw, submitRaw } from '@/tests/e2e/raw-walks'
import { resetProblem, tally } from '@/tests/faults/crowd'
import { test } from '@/tests/faults/fixtures'
import { expectLaws } from '@/tests/faults/laws'
import { openReset, sendReset } from '@/tests/faults/walks'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

const newPassword = 'Un-n0uveau secret'

test('F14: a request and a redemption that come twice at once and once more bring one mail and one change, and the rest is told so', async ({
  service,
  twin,
}) => {
  const { resend, databaseUrl } = service
  const person = await joinRaw(service)
  const form = await readForm(service.url, '/fr/forgot-password')
  const asked = await thrice((process) => submitRaw(process, form, identityOf(person)))
  expect(await tally(asked)).toEqual({ '/fr/forgot-password/sent': 3 })
  await expectLaws(service)
  expect(mailsTo(resend, person.email)).toHaveLength(2)

  const reset = await openReset(service, linkIn(await mailTo(resend, person.email, 2), 'reset-password'))
  const redeemed = await thrice((process) => sendReset(process, reset, person, newPassword))
  expect(await tally(redeemed)).toEqual({ '/fr/reset-password/done': 1, '/fr/reset-password': 2 })
  expect(await resetProblem(twin, reset.cookie)).toBe('used')
  await expectLaws(service)
  expect(mailsTo(resend, person.email)).toHaveLength(3)
  expect(await query(databaseUrl, 'SELECT "version" FROM "Credential"')).toEqual([{ version: 2 }])
  await logInRaw(twin, { ...person, password: newPassword })

  function thrice(send: (process: typeof service) => Promise<Response>): Promise<Response[]> {
    return twiceAndAfter([() => send(service), () => send(twin)])
  }
})

test('F14: a sign-up and its confirmation that come twice at once and once more make one account', async ({
  service,
  twin,
}) => {
  const person = newPerson()
  const form = await readForm(service.url, '/fr/signup')
  const signUps = await twiceAndAfter([service, twin].map((process) => () => submitRaw(process, form, person)))
  expect(await tally(signUps)).toEqual({ '/fr/signup/sent': 3 })
  await expectLaws(service)
  // Each sign-up is told, and the link of the last one serves.
  const mails = mailsTo(service.resend, person.email)
  expect(mails).toHaveLength(3)
  expect(await query(service.databaseUrl, 'SELECT 1 FROM "Account"')).toHaveLength(1)

  const live = await Promise.all(mails.map((mail) => openConfirmation(linkIn(mail, 'verify-email'))))
  const [open, ...others] = live.filter((page) => page !== null)
  if (!open) throw new Error('no link served')
  expect(others).toEqual([])
  const { form: button, headers } = open
  const confirmed = await twiceAndAfter(
    [service, twin].map((process) => () => submitRaw(process, button, {}, { headers })),
  )
  expect(await tally(confirmed)).toEqual({ '/fr/verify-email/done': 1, '/fr/verify-email': 2 })
  await logInRaw(twin, person)
  await expectLaws(service)

  async function openConfirmation(link: string) {
    const headers = { cookie: cookiesOf(await followRaw(service, link)) }
    const form = await readForm(service.url, '/fr/verify-email', headers).catch(() => null)
    return form && { form, headers }
  }
})

/** The same submission at two processes at once, and after both were answered a third time. */
async function twiceAndAfter(sends: (() => Promise<Response>)[]): Promise<Response[]> {
  const answers = await Promise.all(sends.map((send) => send()))
  return [...answers, ...(await Promise.all(sends.slice(0, 1).map((send) => send())))]
}
