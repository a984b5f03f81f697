import { expect } from '@playwright/test'
import { startApp } from '@/tests/support/app/app'
import type { Service } from '@/tests/support/app/service'
import { expectLaws } from '@/tests/support/checks/laws'
import { withMailHeld } from '@/tests/support/checks/statements'
import { crowd, patientCrowd, resetProblem } from '@/tests/support/faults/crowd'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { cookiesOf, followRaw, openLink, readForm, sendOpen, submitRaw } from '@/tests/support/http/forms'
import { askForEmailRaw, askForResetRaw, confirmRaw, identityOf, joinRaw } from '@/tests/support/http/raw-walks'
import { linkIn, mailsTo, mailTo, sweep } from '@/tests/support/mail/swept-mail'
import { newPerson, type Person } from '@/tests/support/person'
import { holdCredentials } from '@/tests/support/postgres/held-credentials'
import { query } from '@/tests/support/postgres/query'
import { roundsOf } from '@/tests/support/sample'

test.describe(() => {
  // No timer sweeps, so that the link is made when it is asked for here.
  test.use({ settings: { VERCEL: '1' } })

  for (const first of ['link', 'address'] as const) {
    test(`of a reset link made in one process while the address changes in another, the ${first} first, none lives at the former address`, async ({
      service,
      twin,
    }) => {
      for (let round = 0; round < roundsOf(4); round += 1) {
        const person = await joinRaw(service)
        const { email } = newPerson()
        await askForEmailRaw(service, person, email)
        const link = linkIn(await mailTo(service.resend, email), 'new-email')
        const open = await openLink(twin, link)
        await askUndecided(service, person)

        const held = await holdCredentials(service.databaseUrl, person.email)
        const make = () => sweep(service)
        const move = async () => {
          const answer = await sendOpen(twin, open, { currentPassword: person.password })
          expect(answer.headers.get('location')).toBe('/fr/new-email/done')
        }
        const earlier = first === 'link' ? make() : move()
        await held.waiters(1)
        const later = first === 'link' ? move() : make()
        await held.waiters(2)
        await held.release()
        await Promise.all([earlier, later])
        await expectLaws(service)

        const made = `SELECT "endReason" FROM "Token" WHERE "purpose" = 'password_reset' AND "sentTo" = '${person.email}'`
        const ended = first === 'link' ? [{ endReason: 'address_changed' }] : []
        expect(await query(service.databaseUrl, made)).toEqual(ended)
        const resets = service.resend.mails.filter(({ text }) => text.includes('/reset-password/'))
        expect(resets.filter(({ to }) => to[0] === email)).toEqual([])
        for (const reset of resets.filter(({ to }) => to[0] === person.email)) {
          const cookie = cookiesOf(await followRaw(service, linkIn(reset, 'reset-password')))
          expect(await resetProblem(twin, cookie)).toBe('address_changed')
        }
      }
    })
  }
})

test('four processes that deliver at once decide each mail once and send it once', async ({ service, twin }) => {
  const more = await Promise.all([1, 2].map(() => startApp({ env: service.settings, migrated: true })))
  const processes = [service, twin, ...more.map((app) => ({ ...service, app, url: app.url }))]
  try {
    const people = Array.from({ length: 24 }, () => newPerson({ password: 'Tr0ub4dor&3' }))
    const signUp = await readForm(service.url, '/fr/signup')
    const ask = await readForm(service.url, '/fr/forgot-password')
    await patientCrowd(24, processes, (process, index) => submitRaw(process, signUp, people[index] ?? newPerson()))
    await Promise.all([...processes, ...processes].map(sweep))
    await expectLaws(service)
    for (const person of people) await confirmRaw(service, person)
    await crowd(24, processes, (process, index) => submitRaw(process, ask, identityOf(people[index] ?? newPerson())))
    await Promise.all([...processes, ...processes].map(sweep))
    await expectLaws(service)
    for (const { email } of people) expect(mailsTo(service.resend, email)).toHaveLength(2)
    expect(service.resend.requests).toHaveLength(48)
    expect(await query(service.databaseUrl, decisions)).toEqual([
      { via: 'password_reset', count: 24 },
      { via: 'verification', count: 24 },
    ])
  } finally {
    for (const app of more) await app.stop()
  }
})

const decisions = `
  SELECT "via", count(*)::int FROM "Event" WHERE "name" = 'authn_token_created' GROUP BY "via" ORDER BY "via"`

/** Asks for a reset link while nothing can be decided. */
async function askUndecided(service: Service, person: Person): Promise<void> {
  const failed = () => service.app.log().split('"kick_failed"').length
  const before = failed()
  await withMailHeld(service, async () => {
    await askForResetRaw(service, person)
    await expect.poll(failed).toBeGreaterThan(before)
  })
}
