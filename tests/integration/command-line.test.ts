import { execFile } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { promisify } from 'node:util'
import { beforeAll, expect, inject, test } from 'vitest'
import { db } from '@/lib/db/client'
import { accountClose } from '@/scripts/commands/account-close'
import { accountErase } from '@/scripts/commands/account-erase'
import { accountShow } from '@/scripts/commands/account-show'
import { sendTestMail } from '@/scripts/doctor/test-mail'
import { idOf, sessionOf } from '@/tests/support/accounts/changes'
import { operator } from '@/tests/support/accounts/operators'
import { askForLinkAs, askForResetAs, joinAs, mailboxOf, mailedToken } from '@/tests/support/accounts/people'
import { newPerson, type Person } from '@/tests/support/person'
import { dump } from '@/tests/support/postgres/dump'
import { runCommandLines, type Said } from '@/tests/support/vitest/command-lines'
import { createTestDatabase } from '@/tests/support/vitest/database'
import { newFolder } from '@/tests/support/vitest/folder'
import { startProgram } from '@/tests/support/vitest/program'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

const secret = 'a secret that only this test has: 9f8e7d6c5b4a'

beforeAll(() => {
  process.env.APP_SECRET = secret
})

test('every command answers in words and in one JSON document, and none tells a secret or whose an account is', async () => {
  const person = await joinAs({ ...newPerson(), firstName: 'Ludovica', lastName: 'Brandstetter' })
  const session = await sessionOf(person)
  await askForResetAs(person)
  await askForLinkAs(await joinAs())
  const id = await idOf(person)
  const [mail] = await (await db()).mail.findMany({ where: { accountId: id } })
  const lines = [
    ['doctor'],
    ['migrate', 'status'],
    ['mail', 'list', '--state', 'waiting'],
    ['mail', 'show', mail?.id.slice(0, 8) ?? ''],
    ['mail', 'retry', '--all'],
    ['events', '--account', person.email, '--since', '2h', '--limit', '20'],
    ['account', 'show', person.email],
    ['account', 'revoke-sessions', person.email],
    ['account', 'send-reset', id],
    ['account', 'show', 'nobody'],
  ]
  const secrets = [...(await secretsOf(person)), session, await mailedToken(person, 'reset-password'), secret]
  const inBoth = lines.flatMap((words) => [words, [...words, '--json', '--as', 'Robin']])
  const said = await runCommandLines([
    ...inBoth,
    ['migrate', '--json'],
    ['purge', '--json', '--as', 'Robin'],
    ['--help'],
    ['--help', '--json'],
  ])
  for (const { words, code, output, errors } of said) {
    expect(code, `${words}: ${errors}`).toBe(words.includes('nobody') ? 1 : 0)
    if (words.includes('--json')) expect(() => JSON.parse(output), words).not.toThrow()
    for (const each of secrets) expect(output + errors, words).not.toContain(each)
  }
  expect(await eventsBy('Robin')).toEqual(
    expect.arrayContaining(['retry_all_mail', 'list_events', 'show_account', 'revoke_sessions', 'send_reset', 'purge']),
  )
}, 180_000)

test('the person behind an account is shown when that is asked for', async () => {
  const person = await joinAs()
  const { data, text } = await accountShow.run(typed(person.email, { reveal: true }))
  expect(data).toMatchObject({ person: { email: person.email, firstName: person.firstName } })
  expect(text.join()).toContain(person.email)
})

test('somebody who has lost the mailbox is erased when the operator says yes, and who did it is kept', async () => {
  const person = await joinAs()
  const id = await idOf(person)
  await expect(accountErase.run(typed(person.email))).rejects.toMatchObject({ code: 'not_confirmed' })
  expect(await accountErase.run(typed(person.email, { yes: true }))).toMatchObject({ data: { erased: id } })
  await expect(accountErase.run(typed(person.email, { yes: true }))).rejects.toMatchObject({ code: 'unknown_account' })
  const left = await (await db()).event.findMany({ where: { via: 'erase_account' } })
  expect(left).toMatchObject([{ name: 'user_deleted', accountId: null, operator: 'Robin', reason: 'SUP-471' }])
  expect(JSON.stringify(await dump())).not.toContain(person.email)
})

test('an account that is closed by an operator says when it goes, and not twice', async () => {
  const person = await joinAs()
  const { data } = await accountClose.run(typed(person.email))
  expect((data as { closesAt: Date }).closesAt.getTime() - Date.now()).toBeGreaterThan(6.9 * 86_400_000)
  await expect(accountClose.run(typed(person.email))).rejects.toMatchObject({ code: 'closing_already' })
})

test('wrong usage ends with code 2 and says what would be right', async () => {
  const wrong: [string[], RegExp][] = [
    [[], /A command is missing.*doctor, migrate/],
    [['acount', 'show', 'x'], /There is no command “acount show”/],
    [['account', 'somebody@example.org'], /There is no command “account …”/],
    [['account'], /account show, account revoke-sessions/],
    [['account', 'show'], /IDENTIFIER is missing. Usage: account show IDENTIFIER/],
    [['account', 'show', 'one', 'two'], /There is too much/],
    [['migrate', 'statsu'], /There is too much/],
    [['mail', 'list', '--state', 'lost'], /waiting, sent, dropped, abandoned/],
    [['mail', 'list', '--limit', '0'], /from 1 to 1000/],
    [['mail', 'list', '--limmit', '5'], /Unknown option '--limmit'/],
    [['mail', 'retry'], /one mail, or --all/],
    [['events', '--since', 'yesterday'], /such as 2h/],
    [['purge', '--as', 'robin@example.org'], /no e-mail/],
    [['purge', '--reason', 'she told me so'], /number of a ticket/],
    [['doctor', '--test-mail', 'nobody'], /takes an e-mail/],
  ]
  const said = await runCommandLines(wrong.flatMap(([words]) => [words, [...words, '--json']]))
  for (const [index, [words, message]] of wrong.entries()) {
    const [inWords, inJson] = said.slice(2 * index, 2 * index + 2) as [Said, Said]
    expect(inWords, words.join(' ')).toMatchObject({ code: 2, output: '', errors: expect.stringMatching(message) })
    expect(inJson, words.join(' ')).toMatchObject({ code: 2, errors: '' })
    expect(JSON.parse(inJson.output)).toEqual({ error: { code: 'usage', message: expect.stringMatching(message) } })
  }
}, 180_000)

test('a test mail goes the way of all mails, and to whom is kept nowhere', async () => {
  const { email } = newPerson()
  expect(await sendTestMail(email, operator)).toMatchObject({ state: 'ok', seen: expect.stringContaining('mailbox-') })
  expect(await mailboxOf({ email })).toMatchObject([{ text: expect.stringContaining('/en/login') }])
  expect(JSON.stringify(await dump())).not.toContain(email)
  expect(await eventsBy('Robin')).toContain('test_mail')
})

test('a database that cannot be used is told of in words, by what is wrong with it', async () => {
  const url = new URL(process.env.DATABASE_URL ?? '')
  const empty = await createTestDatabase()
  const variants: Record<string, Record<string, string>> = {
    database_unreachable: { DATABASE_URL: changed(url, { port: '1' }) },
    database_refuses: { DATABASE_URL: changed(url, { password: 'not-th3-password' }) },
    database_missing: { DATABASE_URL: changed(url, { pathname: '/nowhere' }) },
    not_migrated: { DATABASE_URL: empty.url },
    configuration: { DATABASE_URL: 'mysql://somewhere', RESEND_PER_SECOND: 'many' },
  }
  const commands: string[][] = [
    ['account', 'show', 'nobody', '--json'],
    ['mail', 'list'],
  ]
  const tried = Object.entries(variants).flatMap(([code, variables]) =>
    commands.map((words) => ({ code, words, variables })),
  )
  for (const [index, said] of (await runCommandLines(tried)).entries()) {
    const { code = '', words = [] } = tried[index] ?? {}
    expect(said.code, code).toBe(1)
    expect(said.output + said.errors, code).not.toMatch(/\n\s+at |node_modules|not-th3-password/)
    if (words.includes('--json')) expect(JSON.parse(said.output)).toMatchObject({ error: { code } })
    else expect(said).toMatchObject({ output: '', errors: expect.stringMatching(/[a-z]/) })
  }
  await empty.drop()
}, 180_000)

test('an embedded database that the service has open is told of with what to do', async () => {
  const dataDir = await newFolder()
  await cp(inject('embeddedTemplate'), dataDir, { recursive: true })
  const variables = { DATA_DIR: dataDir, DATABASE_URL: null }
  const holder = startProgram(
    `const { openEmbedded } = await import('@/lib/db/embedded'); await openEmbedded(input); console.log('open'); setInterval(() => {}, 1e6)`,
    dataDir,
  )
  expect(await holder.line()).toBe('open')
  const [shown, doctor] = await runCommandLines([
    { words: ['mail', 'list'], variables },
    { words: ['doctor', '--json'], variables },
  ])
  expect(shown).toMatchObject({ code: 1, errors: expect.stringContaining('Stop it first') })
  const { findings } = JSON.parse(doctor?.output ?? '')
  expect(findings[1]).toMatchObject({
    check: 'database',
    state: 'warning',
    seen: expect.stringContaining('Stop it first'),
  })
}, 180_000)

test('as it is documented it prints nothing but its answer, and ends with its code', async () => {
  const run = (...words: string[]) => promisify(execFile)('npm', ['run', '--silent', 'metamots', '--', ...words])
  const { stdout } = await run('migrate', 'status', '--json')
  expect(JSON.parse(stdout)).toMatchObject({ pending: [], unfinished: [], unknown: [] })
  await expect(run('account', 'show')).rejects.toMatchObject({ code: 2, stdout: '' })
}, 180_000)

function typed(parameter: string, options: Record<string, boolean> = {}) {
  return { parameter, options, operator }
}

/** What is kept of somebody that nobody is to see. */
async function secretsOf({ email, firstName, lastName, password }: Person): Promise<string[]> {
  const client = await db()
  const account = await client.account.findUniqueOrThrow({
    where: { emailKey: email },
    include: { credential: true, sessions: true, tokens: true },
  })
  const hashes = [...account.sessions, ...account.tokens].map(({ tokenHash }) => tokenHash)
  return [email, firstName, lastName, password, account.credential?.passwordHash ?? '-', ...hashes]
}

async function eventsBy(operator: string): Promise<(string | null)[]> {
  return (await (await db()).event.findMany({ where: { operator } })).map(({ via }) => via)
}

function changed(url: URL, changes: Partial<Record<'port' | 'password' | 'pathname', string>>): string {
  return Object.assign(new URL(url), changes).href
}
