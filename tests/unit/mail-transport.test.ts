import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { deliverToMailbox, findInMailbox, listMailbox, mailboxIsOpen } from '@/lib/mail/mailbox'
import { sendMail } from '@/lib/mail/send'
import { sampleIn, sampleLetter } from '@/tests/support/mail/samples'
import { behaviours } from '@/tests/support/resend/behaviour'
import { startFakeResend } from '@/tests/support/resend/fake-resend'

const envelope = sampleIn(sampleLetter('reset_password'))
const otherId = '5d1f0a52-3f39-4c0e-8d0e-6f2f7a1f7b11'

test('without Resend a mail is kept in the local mailbox', async () => {
  await configure()
  expect(mailboxIsOpen()).toBe(true)
  expect(await sendMail(envelope)).toEqual({ outcome: 'sent', providerId: `mailbox-${envelope.id}` })
  const mail = await findInMailbox(envelope.id)
  expect(mail).toMatchObject({ id: envelope.id, to: envelope.to, from: 'Metamots <no-reply@localhost>' })
  expect(mail?.text).toContain('Choisir un nouveau mot de passe')
  expect(Date.parse(mail?.sentAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
})

test('a mail sent again is in the mailbox once', async () => {
  const dataDir = await configure()
  await Promise.all([sendMail(envelope), sendMail(envelope), sendMail(envelope)])
  expect(await listMailbox()).toHaveLength(1)
  expect(await readdir(path.join(dataDir, 'mailbox'))).toEqual([`${envelope.id}.json`])
})

test('the mailbox lists the newest mail first', async () => {
  await configure()
  await sendMail(envelope)
  await new Promise((resolve) => setTimeout(resolve, 5))
  await sendMail({ ...envelope, id: otherId })
  expect((await listMailbox()).map(({ id }) => id)).toEqual([otherId, envelope.id])
})

test('only the owner of the process may read the mails', async () => {
  const dataDir = await configure()
  await sendMail(envelope)
  expect((await stat(path.join(dataDir, 'mailbox'))).mode & 0o777).toBe(0o700)
  expect((await stat(path.join(dataDir, 'mailbox', `${envelope.id}.json`))).mode & 0o777).toBe(0o600)
})

test('an empty mailbox lists nothing and finds nothing', async () => {
  await configure()
  expect(await listMailbox()).toEqual([])
  expect(await findInMailbox(envelope.id)).toBeNull()
})

test.for([
  '',
  '..',
  '../secret',
  '../mailbox/0b7cb1d2-6a1e-4f0e-9a34-0d7f1f8f2a11',
  `${envelope.id}.json`,
  `${envelope.id}\n`,
])('the mailbox finds nothing for %j', async (id) => {
  await configure()
  await sendMail(envelope)
  expect(await findInMailbox(id)).toBeNull()
})

test('a mailbox that cannot be written asks for another attempt', async () => {
  const dataDir = await configure()
  const mail = { id: otherId, from: 'a', to: 'b', subject: 'c', html: 'd', text: 'e' }
  await deliverToMailbox(mail, dataDir)
  const inside = path.join(dataDir, 'mailbox', `${otherId}.json`)
  expect(await deliverToMailbox(mail, inside)).toEqual({ outcome: 'retry', reason: 'mailbox', fault: 'unavailable' })
})

test('with Resend the same envelope is the same request to the byte, and arrives once', async () => {
  const resend = await startFakeResend()
  onTestFinished(() => resend.close())
  const dataDir = await configure({
    RESEND_API_KEY: 're_test_key',
    RESEND_BASE_URL: resend.url,
    MAIL_FROM: 'a@example.com',
  })
  resend.behave([behaviours.serverError, behaviours.acceptThenDestroy])
  expect(await sendMail(envelope)).toMatchObject({ outcome: 'retry', reason: 'internal_server_error' })
  expect(await sendMail(envelope)).toMatchObject({ outcome: 'retry', reason: 'network' })
  expect(await sendMail(envelope)).toEqual({ outcome: 'sent', providerId: resend.mails[0]?.id })
  expect(resend.mails).toHaveLength(1)
  expect(new Set(resend.requests.map(({ body }) => body)).size).toBe(1)
  expect(resend.mails[0]).toMatchObject({ from: 'a@example.com', to: [envelope.to] })
  expect(mailboxIsOpen()).toBe(false)
  expect(await readdir(dataDir)).not.toContain('mailbox')
})

async function configure(variables: Record<string, string> = {}): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mailbox-'))
  const settings = {
    APP_URL: '',
    RESEND_API_KEY: '',
    RESEND_BASE_URL: '',
    MAIL_FROM: '',
    DATA_DIR: dataDir,
    ...variables,
  }
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  const forget = () => Reflect.deleteProperty(globalThis, '__metamotsEnv')
  forget()
  onTestFinished(async () => {
    forget()
    await rm(dataDir, { recursive: true })
  })
  return dataDir
}
