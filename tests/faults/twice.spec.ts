import { expect } from '@playwright/test'
import { expectLaws } from '@/tests/support/checks/laws'
import { countAnswers, resetProblem } from '@/tests/support/faults/crowd'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { openLink, readForm, sendOpen, submitRaw } from '@/tests/support/http/forms'
import { identityOf, joinRaw, logInRaw, sendReset } from '@/tests/support/http/raw-walks'
import { linkIn, mailsTo, mailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

test('a request and a redemption that come twice at once and once more bring one link and one change, and the rest is told so', async ({
  service,
  twin,
}) => {
  const { resend, databaseUrl } = service
  const person = await joinRaw(service)
  const form = await readForm(service.url, '/fr/forgot-password')
  const asked = await thrice((process) => submitRaw(process, form, identityOf(person)))
  expect(await countAnswers(asked)).toEqual({ '/fr/forgot-password/sent': 3 })
  await expectLaws(service)
  // Two at the same moment bring one mail; who asks again after it was sent gets it again, a minute later.
  const links = mailsTo(resend, person.email)
    .slice(1)
    .map((mail) => linkIn(mail, 'reset-password'))
  expect([1, 2]).toContain(links.length)
  expect(new Set(links).size).toBe(1)

  const reset = await openLink(service, linkIn(await mailTo(resend, person.email, 2), 'reset-password'))
  const redeemed = await thrice((process) => sendReset(process, reset, person, newPassword))
  expect(await countAnswers(redeemed)).toEqual({ '/fr/reset-password/done': 1, '/fr/reset-password': 2 })
  expect(await resetProblem(twin, reset.cookie)).toBe('used')
  await expectLaws(service)
  expect(mailsTo(resend, person.email)).toHaveLength(1 + links.length + 1)
  expect(await query(databaseUrl, 'SELECT "version" FROM "Credential"')).toEqual([{ version: 2 }])
  await logInRaw(twin, { ...person, password: newPassword })

  function thrice(send: (process: typeof service) => Promise<Response>): Promise<Response[]> {
    return twiceAndAfter([() => send(service), () => send(twin)])
  }
})

test('a sign-up and its confirmation that come twice at once and once more make one account', async ({
  service,
  twin,
}) => {
  const person = newPerson()
  const form = await readForm(service.url, '/fr/signup')
  const signUps = await twiceAndAfter([service, twin].map((process) => () => submitRaw(process, form, person)))
  expect(await countAnswers(signUps)).toEqual({ '/fr/signup/sent': 3 })
  await expectLaws(service)
  // Each sign-up is told, all by one link.
  const links = mailsTo(service.resend, person.email).map((mail) => linkIn(mail, 'verify-email'))
  expect(links).toHaveLength(3)
  expect(new Set(links).size).toBe(1)

  const open = await openLink(service, links[0] ?? '')
  const send = (process: typeof service) => sendOpen(process, open, { password: person.password })
  const confirmed = await twiceAndAfter([service, twin].map((process) => () => send(process)))
  expect(await query(service.databaseUrl, 'SELECT 1 FROM "Account"')).toHaveLength(1)
  expect(await countAnswers(confirmed)).toEqual({ '/fr/verify-email/done': 1, '/fr/verify-email': 2 })
  await logInRaw(twin, person)
  await expectLaws(service)
})

/** The same submission at two processes at once, and after both were answered a third time. */
async function twiceAndAfter(sends: (() => Promise<Response>)[]): Promise<Response[]> {
  const answers = await Promise.all(sends.map((send) => send()))
  return [...answers, ...(await Promise.all(sends.slice(0, 1).map((send) => send())))]
}
