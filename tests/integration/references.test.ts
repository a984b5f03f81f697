import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { db } from '@/lib/db/client'
import { inRequest } from '@/lib/log'
import { referenceOf, requestReference } from '@/lib/mail/reference'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { mailShow } from '@/scripts/commands/mail-show'
import { idOf, logInAs } from '@/tests/support/accounts/changes'
import { operator } from '@/tests/support/accounts/operators'
import { getMail } from '@/tests/support/accounts/outbox'
import { askForResetAs, joinAs } from '@/tests/support/accounts/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test.each([
  ['somebody with an account', joinAs],
  ['a stranger', async () => newPerson()],
])('the reference of a refused sign-in leads an operator to what happened, of %s', async (_, begin) => {
  const person = { ...(await begin()), password: 'Wr0ng one, surely' }
  const request = randomUUID().toUpperCase()
  await inRequest(request, () => logInAs(person))
  const { data, text } = await show(requestReference(request))
  expect(data).toMatchObject({ events: [{ name: 'authn_login_fail' }] })
  expect(JSON.stringify([data, text])).not.toContain(person.email)
})

test('a reference tells of which account it is when asked to, and each look is an event of that account', async () => {
  const person = await joinAs()
  const accountId = await idOf(person)
  const request = randomUUID()
  await inRequest(request, () => logInAs({ ...person, password: 'Wr0ng one, surely' }))
  const shown = JSON.stringify(await show(requestReference(request)))
  expect(shown).toContain('authn_login_fail')
  expect(shown).not.toContain(accountId)
  expect(JSON.stringify(await show(requestReference(request), { reveal: true }))).toContain(accountId)
  const looks = await (await db()).event.findMany({
    where: { accountId, name: 'sensitive_read' },
    select: { via: true, operator: true },
    orderBy: { at: 'asc' },
  })
  expect(looks).toEqual([
    { via: 'show_request', operator: operator.name },
    { via: 'reveal_request', operator: operator.name },
  ])
})

test('the reference of a mail that nobody was to get leads an operator to why', async () => {
  await askForResetAs(newPerson())
  await deliverDueMail()
  const { data } = await show(referenceOf((await getMail()).id))
  expect(data).toMatchObject({ state: 'dropped', meaning: expect.stringContaining('Nobody was to get it') })
})

test('a reference that nothing is kept of is said to be looked for in the log', async () => {
  await expect(show('0badc0de')).rejects.toThrow('the log has it')
})

function show(parameter: string, options = {}) {
  return mailShow.run({ parameter, options, operator })
}
