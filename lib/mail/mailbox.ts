import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { env } from '@/lib/env'
import type { ComposedMail, SendOutcome } from '@/lib/mail/letter'

/** A mail of the local mailbox; `sentAt` is an ISO instant. */
export type MailboxMail = ComposedMail & { sentAt: string }

/** Whether mails go to files on this machine, where its mailbox page may show them. */
export function mailboxIsOpen(): boolean {
  return env().mode === 'local' && env().resend === null
}

/** Keeps a mail as a file in `<dataDir>/mailbox`, for its owner only. The same id again replaces it, atomically. */
export async function deliverToMailbox(mail: ComposedMail, dataDir: string): Promise<SendOutcome> {
  const folder = folderOf(dataDir)
  const draft = path.join(folder, `${randomUUID()}.draft`)
  const { id, from, to, subject, html, text } = mail
  const kept: MailboxMail = { id, from, to, subject, html, text, sentAt: new Date().toISOString() }
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(draft, JSON.stringify(kept, null, 2), { mode: 0o600 })
    await rename(draft, path.join(folder, `${id}.json`))
    return { outcome: 'sent', providerId: `mailbox-${id}` }
  } catch {
    await rm(draft, { force: true }).catch(() => {})
    return { outcome: 'retry', reason: 'mailbox', fault: 'unavailable' }
  }
}

/** Every mail of the local mailbox, newest first. */
export async function listMailbox(): Promise<MailboxMail[]> {
  const mails: MailboxMail[] = []
  for (const name of (await readdir(folderOf(env().dataDir)).catch(orNothing)) ?? []) {
    const mail = name.endsWith('.json') ? await findInMailbox(name.slice(0, -'.json'.length)) : null
    if (mail) mails.push(mail)
  }
  return mails.sort((a, b) => b.sentAt.localeCompare(a.sentAt))
}

/** The mail of that id; null when there is none, or when `id` is not a UUID. */
export async function findInMailbox(id: string): Promise<MailboxMail | null> {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) return null
  const content = await readFile(path.join(folderOf(env().dataDir), `${id}.json`), 'utf8').catch(orNothing)
  return content === null ? null : (JSON.parse(content) as MailboxMail)
}

function folderOf(dataDir: string): string {
  return path.join(dataDir, 'mailbox')
}

function orNothing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
