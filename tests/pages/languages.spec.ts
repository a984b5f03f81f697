import { expect } from '@playwright/test'
import { type Locale, locales } from '@/lib/i18n/locales'
import { sha256 } from '@/lib/secrets'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { newAddress } from '@/tests/support/http/forms'
import { identityOf } from '@/tests/support/http/raw-walks'
import { Traveller } from '@/tests/support/http/traveller'
import { linkIn } from '@/tests/support/mail/swept-mail'
import { newPassword } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { sampleOf } from '@/tests/support/sample'

test.describe.configure({ timeout: 240_000 })

const passwords = [newPassword, 'Un-autre s3cret']

const live = `"endedAt" = NULL, "endReason" = NULL, "expiresAt" = now() + interval '30 minutes'`

/** What is wrong with a new password, and why a link no longer serves: for every language each is met by somebody, in a sample over all languages. */
const weak = [
  ['a', 'lacks'],
  ['Metamots-2026', 'personal'],
  ['Passw0rd!', 'too_common'],
]
const states: Record<string, string> = {
  expired: '"expiresAt" = now()',
  password_changed: ended('password_changed'),
  address_changed: ended('address_changed'),
  account_closing: ended('account_closing'),
  too_many_attempts: ended('too_many_attempts'),
  replaced: ended('replaced'),
}

test('for every two languages, the one picked on the page is that of every error, and that of the account is that of the mail', async ({
  service,
}) => {
  await forEveryTwo(service, async (somebody, own, picked) => {
    const { person } = somebody
    const identity = identityOf(person)
    const turn = locales.indexOf(own) + locales.indexOf(picked)
    expect(await somebody.send('forgot-password', identity)).toMatchObject({ to: `/${picked}/forgot-password/sent` })
    somebody.expectWords(await somebody.open('forgot-password/sent'), 'forgotSent.taken', 'forgotSent.lifetime')

    const link = linkIn(await somebody.nextMail('reset_password', own), 'reset-password')
    const cookie = await somebody.follow(link)
    somebody.expectWords(
      await somebody.open('reset-password', cookie),
      'forgot.intro',
      'reset.why',
      'passwordRules.advice',
    )
    for (const [fields, ...keys] of faultySubmissions(identity, turn))
      somebody.expectWords((await somebody.send('reset-password', fields, cookie)).page, ...keys)
    const [state = '', columns = ''] = Object.entries(states)[turn % Object.keys(states).length] ?? []
    await setLink(service, link, columns)
    somebody.expectWords(await somebody.open('reset-password', cookie), `resetProblem.${state}`)
    await setLink(service, link, live)

    person.password = nextPassword(person)
    const redeemed = await somebody.send('reset-password', { ...identity, newPassword: person.password }, cookie)
    expect(redeemed.to).toBe(`/${picked}/reset-password/done`)
    somebody.expectWords(await somebody.open('reset-password/done', cookie), 'resetDone.text')
    somebody.expectWords(await somebody.open('reset-password', cookie), 'resetProblem.used')
    await expectNotice(somebody)
  })
})

test('for every two languages, the one picked at sign-in is that of the account, of its pages and of mails from then on, but not of notices', async ({
  service,
}) => {
  await forEveryTwo(service, async (somebody, own, picked) => {
    const { person } = somebody
    somebody.picked = own
    const cookie = await somebody.logIn(picked)
    const account = await somebody.open('account', cookie)
    somebody.expectWords(account, 'account.title', 'account.password')
    expect(account.html).toMatch(new RegExp(`<option [^>]*value="${picked}"[^>]* selected=""`))

    const fields = { currentPassword: person.password, newPassword: nextPassword(person) }
    const changed = await somebody.send('account/change-password', fields, cookie)
    expect(changed.to).toBe(`/${picked}/account/change-password/done`)
    person.password = fields.newPassword
    await expectNotice(somebody)
    await somebody.send('forgot-password', identityOf(person))
    await somebody.nextMail('reset_password', picked)
  })
})

test('too many tries, and a device that never followed the link, are told in the language of the page', async ({
  service,
}) => {
  const somebody = await Traveller.join(service, 'fr')
  const fields = identityOf(somebody.person)
  somebody.address = newAddress()
  await somebody.send('forgot-password', fields)
  await query(
    service.databaseUrl,
    `UPDATE "RateLimit" SET "hits" = 1000, "endsAt" = now() + interval '13 hours 30 minutes'`,
  )
  for (const locale of locales) {
    somebody.picked = locale
    const { page } = await somebody.send('forgot-password', fields)
    somebody.expectWords(page, 'formCodes.too_many_requests')
    somebody.expectWords(await somebody.open('reset-password'), 'resetProblem.unknown')
  }
})

/** Has somebody with an account in each language pick each language, or a sample of two: one after the other, three people at once. */
async function forEveryTwo(
  service: Service,
  walk: (somebody: Traveller, own: Locale, picked: Locale) => Promise<void>,
): Promise<void> {
  const waiting: [Locale, Traveller][] = []
  for (const own of locales) waiting.push([own, await Traveller.join(service, own)])
  const walkAll = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [own, somebody] = next
      const turn = locales.indexOf(own)
      for (const picked of new Set([...sampleOf(locales, turn + 1), ...sampleOf(locales, turn + 3)]))
        await test.step(`from ${own} to ${picked}`, async () => {
          somebody.picked = picked
          await query(service.databaseUrl, 'DELETE FROM "RateLimit"')
          await walk(somebody, own, picked)
        })
    }
  }
  await Promise.all([walkAll(), walkAll(), walkAll()])
}

/** What a person may get wrong on the page of a reset link, and the texts that say so. */
function faultySubmissions(identity: Record<string, string>, turn: number): [Record<string, string>, ...string[]][] {
  const names = [...Object.keys(identity), 'newPassword']
  const [newPassword = '', ...issues] = weak[turn % weak.length] ?? []
  return [
    [Object.fromEntries(names.map((name) => [name, ''])), ...names.map((name) => `fields.${name}.missing`)],
    [{ ...identity, newPassword }, ...issues.map((issue) => `fields.newPassword.${issue}`)],
    [{ ...identity, lastName: 'Jonc', newPassword }, 'formCodes.identity_mismatch'],
  ]
}

/** A notice is in the language of the sign-up, for everything since is younger than a session may be. */
async function expectNotice(somebody: Traveller): Promise<void> {
  const link = linkIn(await somebody.nextMail('password_changed', 'fr'), 'not-me')
  somebody.expectWords(await somebody.open('not-me', await somebody.follow(link)), 'notMe.intro', 'notMe.mail')
}

function nextPassword({ password }: { password: string }): string {
  return passwords.find((other) => other !== password) ?? ''
}

function ended(reason: string): string {
  return `"endedAt" = now(), "endReason" = '${reason}'`
}

async function setLink({ databaseUrl }: Service, link: string, columns: string): Promise<void> {
  await query(databaseUrl, `UPDATE "Token" SET ${columns} WHERE "tokenHash" = '${sha256(link.slice(-43))}'`)
}
