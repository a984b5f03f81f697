import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { type Seen, seen } from '@/tests/support/checks/seen'
import { closeRaw, eraseRaw } from '@/tests/support/http/closed-accounts'
import { newAddress, type OpenForm, openLink, readForm, sendOpen, submitRaw } from '@/tests/support/http/forms'
import { identityOf, joinRaw, signUpRaw } from '@/tests/support/http/raw-walks'
import { allMailTried, linkIn, mailsTo, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { behaviours } from '@/tests/support/resend/behaviour'

for (const scripted of [false, true]) {
  const how = scripted ? 'with' : 'without'
  const leadsTo = (path: string) => (scripted ? ['x-action-redirect', `${path};push`] : ['location', path])
  const says = (formCode: string) => ({
    status: 200,
    body: expect.stringContaining(scripted ? formCode : 'role="alert"'),
  })

  test(`a reset request is answered the same whoever it is about, ${how} JavaScript`, async ({ service }) => {
    const { url, resend } = service
    const [owner, other, unlucky] = [await joinRaw(service), await joinRaw(service), await joinRaw(service)]
    // Nobody has more than three mails that a stranger may have caused in a day.
    const third = await joinRaw(service)
    const pending = await signUpRaw(service)
    const [closing, erased] = [await closeRaw(service), await eraseRaw(service)]
    const stranger = newPerson()
    const isUnlucky = ({ body }: { body: string }) => body.includes(unlucky.email)
    resend.behave((request) => (isUnlucky(request) ? behaviours.serverError : behaviours.ok))
    const form = await readForm(url, '/fr/forgot-password')
    const answers: Record<string, Seen[]> = {}
    const ask = async (what: string, claim: Person) => {
      const answer = await submitRaw(service, form, identityOf(claim), { scripted })
      answers[what] = [await seen(answer), await seen(await fetch(`${url}/fr/forgot-password/sent`))]
    }
    await ask('unknown', stranger)
    await ask('all fields match', owner)
    await ask('another first name', { ...other, firstName: 'Aloïse' })
    await ask('another last name', { ...other, lastName: 'Jonc' })
    await ask('another country', { ...third, country: 'FR' })
    await ask('another organisation type', { ...third, organizationType: 'company' })
    await ask('pending', pending)
    await ask('closing', closing)
    await ask('closing, another country', { ...closing, country: 'FR' })
    await ask('erased', erased)
    await ask('provider down', unlucky)
    await allMailTried(service)
    await ask('asked twice', owner)
    await ask('unknown asked twice', stranger)
    await allMailTried(service)

    expect(answers.unknown?.[0]?.headers).toContainEqual(leadsTo('/fr/forgot-password/sent'))
    expect(answers.unknown?.[1]?.status).toBe(200)
    expectSame(answers)
    const mails = [stranger, owner, other, third, pending, unlucky, closing, erased].map(
      ({ email }) => mailsTo(resend, email).length,
    )
    expect(mails, 'so that each case was what it is called').toEqual([0, 2, 2, 2, 1, 1, 3, 2])
    expect(resend.requests.filter(isUnlucky).map(({ status }) => status)).toContain(500)
    resend.behave(behaviours.ok)
  })

  test(`a refused sign-in is answered the same whatever was wrong, ${how} JavaScript`, async ({ service }) => {
    const { url, databaseUrl } = service
    const [owner, throttled, broken] = [await joinRaw(service), await joinRaw(service), await joinRaw(service)]
    const pending = await signUpRaw(service)
    const [closing, erased] = [await closeRaw(service), await eraseRaw(service)]
    const [stranger, throttledStranger] = [newPerson(), newPerson()]
    const form = await readForm(url, '/fr/login')
    const attempt = (identifier: string, password: string) =>
      submitRaw(service, form, { identifier, password, locale: 'fr' }, { scripted })
    for (const { email } of [throttled, throttledStranger])
      for (let failures = 0; failures < 5; failures += 1) await attempt(email, stranger.password)
    await query(databaseUrl, `UPDATE "RateLimit" SET "blockedUntil" = 'infinity' WHERE "blockedUntil" IS NOT NULL`)
    await query(
      databaseUrl,
      `UPDATE "Credential" SET "passwordHash" = '' FROM "Account" WHERE "id" = "accountId" AND "email" = '${broken.email}'`,
    )
    const [locksBefore, failsBefore] = await countRefusals(service)
    const answers: Record<string, Seen[]> = {}
    const ask = async (what: string, { email }: Person, { password }: Person) => {
      answers[what] = [await seen(await attempt(email, password), email)]
    }
    await ask('unknown', stranger, stranger)
    await ask('wrong password', owner, stranger)
    await ask('wrong password, pending', pending, stranger)
    await ask('malformed hash', broken, broken)
    await ask('wrong password, closing', closing, stranger)
    await ask('erased', erased, erased)
    await ask('throttled', throttled, stranger)
    await ask('throttled, right password', throttled, throttled)
    await ask('throttled, unknown', throttledStranger, stranger)

    expect(answers.unknown?.[0]).toMatchObject(says('invalid_credentials'))
    expectSame(answers)
    expect(await countRefusals(service), 'so that each case was what it is called').toEqual([
      locksBefore + 3,
      failsBefore + 6,
    ])
    expect(service.app.log()).toContain('credential_malformed')
  })

  test(`a sign-up is answered the same whoever has the address, ${how} JavaScript`, async ({ service }) => {
    const people = {
      new: newPerson(),
      known: await joinRaw(service),
      pending: await signUpRaw(service),
      closing: await closeRaw(service),
      erased: await eraseRaw(service),
    }
    const form = await readForm(service.url, '/fr/signup')
    const answers: Record<string, Seen[]> = {}
    for (const [what, person] of Object.entries(people)) {
      const answer = await submitRaw(service, form, person, { scripted })
      answers[what] = [await seen(answer), await seen(await fetch(`${service.url}/fr/signup/sent`))]
    }
    expect(answers.new?.[0]?.headers).toContainEqual(leadsTo('/fr/signup/sent'))
    expect(answers.new?.[1]?.status).toBe(200)
    expectSame(answers)
    await allMailTried(service)
    const mails = Object.values(people).map(({ email }) => mailsTo(service.resend, email).length)
    expect(mails, 'so that each case was what it is called').toEqual([1, 2, 2, 3, 3])
  })

  test(`a confirmation is asked for again with the same answer whoever has the address, ${how} JavaScript`, async ({
    service,
  }) => {
    const people = {
      unknown: newPerson(),
      pending: await signUpRaw(service),
      known: await joinRaw(service),
      closing: await closeRaw(service),
      erased: await eraseRaw(service),
    }
    const form = await readForm(service.url, '/fr/signup/resend')
    const answers: Record<string, Seen[]> = {}
    for (const [what, { email }] of Object.entries(people)) {
      const answer = await submitRaw(service, form, { email }, { scripted })
      answers[what] = [await seen(answer), await seen(await fetch(`${service.url}/fr/signup/resend/sent`))]
    }
    expect(answers.unknown?.[0]?.headers).toContainEqual(leadsTo('/fr/signup/resend/sent'))
    expectSame(answers)
    await allMailTried(service)
    const mails = Object.values(people).map(({ email }) => mailsTo(service.resend, email).length)
    expect(mails, 'so that each case was what it is called').toEqual([0, 2, 2, 3, 2])
  })

  test(`a wrong password at a confirmation link is refused the same however many signed up, ${how} JavaScript`, async ({
    service,
  }) => {
    const [one, several] = [await signUpRaw(service), await signUpRaw(service)]
    for (let more = 0; more < 2; more += 1) await signUpRaw(service, { email: several.email })
    const { password } = newPerson()
    const answers: Record<string, Seen[]> = {}
    for (const [what, { email }] of Object.entries({ one, several })) {
      const { form, cookie } = await openConfirmation(service, email)
      const answer = await submitRaw(service, form, { password }, { scripted, headers: { cookie } })
      answers[what] = [await seen(answer, email)]
    }
    expect(answers.one?.[0]).toMatchObject(says('wrong_password'))
    expectSame(answers)
    const waiting = [one, several].map(
      ({ email }) => `(SELECT count(*)::int FROM "PendingSignUp" WHERE "email" = '${email}')`,
    )
    const counts = await query(service.databaseUrl, `SELECT ${waiting[0]} AS one, ${waiting[1]} AS several`)
    expect(counts, 'so that each case was what it is called').toEqual([{ one: 1, several: 3 }])
  })

  test(`a dead confirmation link says nothing of a password that is right, ${how} JavaScript`, async ({ service }) => {
    const deaths = {
      expired: `"expiresAt" = now() - interval '1 second'`,
      'too many attempts': `"attempts" = 5, "endedAt" = now(), "endReason" = 'too_many_attempts'`,
      used: null,
    }
    for (const [death, change] of Object.entries(deaths)) {
      const person = await signUpRaw(service)
      const open = await openConfirmation(service, person.email)
      const { form, cookie } = open
      const answer = (password: string) => submitRaw(service, form, { password }, { scripted, headers: { cookie } })
      const next = () => fetch(`${service.url}/fr/verify-email`, { headers: { cookie } })
      if (change === null) expect((await sendOpen(service, open, { password: person.password })).status).toBe(303)
      else await query(service.databaseUrl, `UPDATE "Token" SET ${change} WHERE "sentTo" = '${person.email}'`)
      const answers: Record<string, Seen[]> = {}
      for (const [what, { password }] of Object.entries({ wrong: newPerson(), right: person }))
        answers[`${death}, ${what}`] = [await seen(await answer(password)), await seen(await next())]
      const [, leadsOn] = answers[`${death}, wrong`]?.[0]?.headers.find(([name]) => name === leadsTo('')[0]) ?? []
      // A form that is sent by a script says by itself which link it is about, here none: there is only one.
      expect.soft(leadsOn).toContain(scripted ? '/fr/verify-email;' : '/fr/verify-email?link=')
      expectSame(answers)
    }
  })

  test(`too many requests are refused the same whoever they are about, ${how} JavaScript`, async ({ service }) => {
    const people = { unknown: newPerson(), known: await joinRaw(service) }
    const form = await readForm(service.url, '/fr/forgot-password')
    const answers: Record<string, Seen[]> = {}
    for (const [what, person] of Object.entries(people)) {
      const sent = { scripted, headers: { 'x-test-address': newAddress() } }
      const ask = () => submitRaw(service, form, identityOf(person), sent)
      for (let requests = 0; requests < 5; requests += 1) await ask()
      answers[what] = [await seen(await ask(), person.email)]
      const logIn = await readForm(service.url, '/fr/login')
      const fail = () =>
        submitRaw(service, logIn, { identifier: person.email, password: 'Wr0ng one', locale: 'fr' }, sent)
      for (let failures = 0; failures < 5; failures += 1) await fail()
      await query(service.databaseUrl, longWait)
      answers[what].push(await seen(await fail(), person.email))
    }
    expect(answers.unknown?.[0]).toMatchObject(says('too_many_requests'))
    expect(answers.unknown?.[1]).toMatchObject(says('too_many_requests'))
    expectSame(answers)
  })

  test(`that no mail comes any more today is said the same whoever it is about, ${how} JavaScript`, async ({
    service,
  }) => {
    const [owner, other] = [await joinRaw(service), await joinRaw(service)]
    const people = { unknown: newPerson(), match: owner, mismatch: { ...other, lastName: 'Jonc' } }
    const answers: Record<string, Seen[]> = {}
    for (const [what, person] of Object.entries(people)) {
      // The sign-up of who has an account has counted one already.
      const mailsLeft = what === 'unknown' ? 3 : 2
      for (const [path, fields, times] of [
        ['/fr/forgot-password', identityOf(person), 3],
        ['/fr/signup', person, mailsLeft],
      ] as const) {
        const form = await readForm(service.url, path)
        for (let asked = 0; asked < times; asked += 1) await submitRaw(service, form, fields, { scripted })
        answers[what] = [...(answers[what] ?? []), await seen(await submitRaw(service, form, fields, { scripted }))]
      }
    }
    const [reset, signUp] = answers.unknown ?? []
    expect(reset?.headers).toContainEqual(leadsTo('/fr/forgot-password/sent?again=24'))
    expect(signUp?.headers).toContainEqual(leadsTo('/fr/signup/sent?again=24'))
    expectSame(answers)
  })
}

const longWait = `UPDATE "RateLimit" SET "blockedUntil" = now() + interval '9 minutes 30 seconds' WHERE "blockedUntil" IS NOT NULL`

/** Compares what was answered in every case with what was answered in the first. */
function expectSame(answers: Record<string, Seen[]>): void {
  const [[, first], ...others] = Object.entries(answers) as [[string, Seen[]], ...[string, Seen[]][]]
  for (const [what, answer] of others) expect.soft(answer, what).toEqual(first)
}

/** The form that the confirmation which was mailed first leads to. */
async function openConfirmation(service: Service, email: string): Promise<OpenForm> {
  return openLink(service, linkIn(await sweptMailTo(service, email), 'verify-email'))
}

/** How many sign-ins were refused unlooked at, and how many for a wrong password or nobody. */
async function countRefusals({ databaseUrl }: Service): Promise<[number, number]> {
  const events = await query(databaseUrl, `SELECT "name" FROM "Event"`)
  const count = (wanted: string) => events.filter(({ name }) => name === wanted).length
  return [count('authn_login_lock'), count('authn_login_fail')]
}
