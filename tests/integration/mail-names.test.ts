import { expect, test } from 'vitest'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { undoBy, withPassword } from '@/tests/support/accounts/changes'
import { closeAs } from '@/tests/support/accounts/closing'
import { askForResetAs, joinAs, mailboxOf, mailedToken, signUpAs } from '@/tests/support/accounts/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('no mail holds a name, so that nobody can have us write theirs', async () => {
  const person = await joinAs(newPerson({ firstName: 'Zoltán & call 0800 now', lastName: 'Quux; Bcc: all' }))
  await signUpAs(person)
  await askForResetAs(person)
  await askForResetAs(person, { country: 'FR' })
  const changed = await withPassword(person, 'An0ther’s choice')
  await closeAs(changed)
  await deliverDueMail()
  await undoBy(await mailedToken(person, 'not-me'))

  const mails = await mailboxOf(person)
  expect(new Set(mails.map(({ subject }) => subject)).size).toBe(7)
  for (const mail of mails) expect(JSON.stringify(mail)).not.toMatch(/Zolt|0800|Quux|Bcc/)
})
