import { expect, test } from 'vitest'
import { peekNewEmail, redeemNewEmail } from '@/lib/accounts/change-email'
import { db } from '@/lib/db/client'
import { askForEmail, confirmEmail, idOf, logInAs } from '@/tests/support/changes'
import { join, mailedToken, mailsTo, newCaller, signUpAs } from '@/tests/support/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('postgres')

test('an address that another account has is answered the same, and its owner told that there is one', async () => {
  const [person, owner] = [await join(newPerson()), await join(newPerson())]
  await askForEmail(person, owner.email)
  expect((await mailsTo(owner)).map(({ subject }) => subject)).toEqual([
    'Vous avez déjà un compte Metamots',
    'Confirmez votre adresse email pour Metamots',
  ])
  expect(await (await db()).token.count({ where: { accountId: await idOf(person), purpose: 'address_change' } })).toBe(
    0,
  )
})

test('an address that another account confirmed meanwhile is not taken from it, and the link says so', async () => {
  const [person, other] = [await join(newPerson()), newPerson()]
  await askForEmail(person, other.email)
  const token = await mailedToken(other, 'new-email')
  await join(other)
  expect(await confirmEmail(token)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await peekNewEmail(token)).toBe('address_taken')
  expect(await logInAs(person)).toMatchObject({ ok: true })
  expect(await logInAs(other)).toMatchObject({ ok: true })
})

test('an address that another account never confirmed is taken, and that account makes room', async () => {
  const [person, squatter] = [await join(newPerson()), newPerson()]
  await signUpAs(squatter)
  await askForEmail(person, squatter.email)
  expect(await confirmEmail(await mailedToken(squatter, 'new-email'))).toEqual({ ok: true })
  expect(await logInAs({ ...person, email: squatter.email })).toMatchObject({ ok: true })
  expect(await logInAs(squatter)).toMatchObject({ code: 'invalid_credentials' })
})

test('of two accounts that confirm one address at once, one gets it', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [one, two, { email }] = [await join(newPerson()), await join(newPerson()), newPerson()]
    await askForEmail(one, email)
    const first = await mailedToken({ ...one, email }, 'new-email')
    await askForEmail(two, email)
    const second = await mailedToken({ ...two, email }, 'new-email')
    const results = await Promise.all([first, second].map((token) => redeemNewEmail(token, newCaller(), 'fr')))
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect([await peekNewEmail(first), await peekNewEmail(second)].sort()).toEqual(['address_taken', 'used'])
  }
})
