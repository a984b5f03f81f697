import { expect, test } from 'vitest'
import { closeAccount } from '@/lib/accounts/close-account'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { idOf, withPassword } from '@/tests/support/changes'
import { askForReset, join, mailedToken, mailsTo, newCaller, signUpAs } from '@/tests/support/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('embedded')

test('no mail holds a name, so that nobody can have us write theirs', async () => {
  const person = await join(newPerson({ firstName: 'Zoltán & call 0800 now', lastName: 'Quux; Bcc: all' }))
  await signUpAs(person)
  await askForReset(person)
  await askForReset(person, { country: 'FR' })
  const changed = await withPassword(person, 'An0ther’s choice')
  await closeAccount(await idOf(person), { currentPassword: changed.password }, newCaller(), 'fr')
  await deliverDueMail()
  await redeemNotMe(await mailedToken(person, 'not-me'), newCaller(), 'fr')
  await deliverDueMail()

  const mails = await mailsTo(person)
  expect(new Set(mails.map(({ subject }) => subject)).size).toBe(7)
  for (const mail of mails) expect(JSON.stringify(mail)).not.toMatch(/Zolt|0800|Quux|Bcc/)
})
