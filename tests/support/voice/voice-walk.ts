import { expect } from '@playwright/test'
import type { Locale } from '@/lib/i18n/locales'
import type { Service } from '@/tests/support/app/service'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { modelPeople } from '@/tests/support/model-people'
import { newPassword, type Person } from '@/tests/support/person'
import { startListener } from '@/tests/support/voice/listener'
import { newTranscript } from '@/tests/support/voice/transcript'

const patient = { timeout: 60_000 }

/** Somebody who hears a language and presses keys, with all that was said so far. */
export type VoiceWalk = Awaited<ReturnType<typeof startWalk>>

export async function startWalk(locale: Locale, service: Service) {
  const url = (path: string) => `${service.url}/${locale}/${path}`
  const listener = await startListener(locale, url('login'))
  const { page } = listener
  const transcript = newTranscript(locale)
  const hear = async (step: string, options?: { sorted: boolean }) =>
    transcript.note(step, await listener.hear(), options)
  const hearPage = async (step: string) => transcript.note(step, await listener.hear(4000), { isPage: true })
  const walk = {
    listener,
    transcript,
    hear,
    hearPage,
    async open(step: string, address: string) {
      await page.goto(address.startsWith('http') ? address : url(address))
      await hearPage(step)
    },
    async press(key: string, step = key) {
      await listener.press(key)
      await hear(step)
    },
    /** Comes to a field and replaces what it holds, silently: how much of it is told depends on the speed of typing. */
    async fill(name: string, text: string) {
      await page.focus(`[name=${name}]`)
      await hear(`comes to ${name}`)
      await listener.press('ctrl+a')
      await listener.type(text)
      await listener.hear()
    },
    /** Picks from a list by its first letters, silently: what lists say is Firefox’s own. */
    async choose(name: string, value: string) {
      await page.focus(`[name=${name}]`)
      await hear(`comes to ${name}`)
      await page.select(`[name=${name}]`, value)
      await listener.hear()
    },
    /** Sends the form that has the focus and waits for another page. */
    async sendTo(step: string, path: string) {
      await listener.press('Return')
      await expect.poll(() => page.evaluate('location.pathname').catch(String), patient).toBe(`/${locale}/${path}`)
      await hear(step, { sorted: true })
    },
    /** Sends the form that has the focus and waits for its errors. */
    async sendInVain(step: string) {
      await listener.press('Return')
      await expect.poll(() => page.evaluate('document.activeElement.role').catch(String), patient).toBe('alert')
      await hear(step, { sorted: true })
    },
  }
  return walk
}

/** The sign-in page: read by itself, gone through by keyboard, sent empty and with a wrong password. */
export async function hearSignIn({ listener, open, press, fill, sendInVain }: VoiceWalk): Promise<void> {
  // What is said of the first page depends on which of both programs is ready first.
  await listener.hear(4000)
  await open('opens the sign-in page', 'login')
  for (const stop of ['skip link', 'home', 'languages', 'identifier', 'password', 'reveal'])
    await press('Tab', `Tab (${stop})`)
  await press('space', 'space (shows the password)')
  await press('space', 'space (hides it)')
  for (const stop of ['language', 'button']) await press('Tab', `Tab (${stop})`)
  await sendInVain('sends it empty')
  await press('Tab', 'Tab (first error)')
  await press('Return', 'Return (follows it)')
  await fill('identifier', 'nobody')
  await fill('password', 'Wrong-word-1')
  await sendInVain('sends a wrong password')
}

/** Sign-up with its errors, confirmation, the account page, sign-out, and the way back with a forgotten password. */
export async function hearAccount(walk: VoiceWalk, service: Service, locale: Locale): Promise<void> {
  const { listener, open, fill, hear, press, sendTo, sendInVain } = walk
  const { page } = listener
  const person = modelPeople[locale]
  await open('opens sign-up', 'signup')
  await page.focus('main form button[type=submit]')
  await hear('comes to the button')
  await sendInVain('sends it empty')
  await fill('email', 'camille@gmial.com')
  await press('Tab', 'Tab (after a probable slip)')
  await fillIdentity(walk, person)
  await fill('password', 'abc')
  await sendInVain('sends a weak password')
  await fill('password', person.password)
  await sendTo('sends it', 'signup/sent')

  await open('follows the link in the mail', linkIn(await sweptMailTo(service, person.email), 'verify-email'))
  await fill('password', newPassword)
  await sendInVain('sends another password')
  await fill('password', person.password)
  await sendTo('sends the right one', 'verify-email/done')
  await open('opens the account', 'account')
  await page.focus('header form button')
  await hear('comes to the button that signs out')
  await sendTo('signs out', 'login')

  await open('opens the request', 'forgot-password')
  await page.focus('main form button[type=submit]')
  await hear('comes to the button')
  await sendInVain('sends it empty')
  await fillIdentity(walk, person)
  // From a list, the return key sends nothing.
  await page.focus('main form button[type=submit]')
  await hear('comes to the button')
  await sendTo('sends it', 'forgot-password/sent')
  await open('follows the link in the mail', linkIn(await sweptMailTo(service, person.email, 2), 'reset-password'))
  await fillIdentity(walk, { ...person, firstName: 'Zacharie' })
  await fill('newPassword', newPassword)
  await sendInVain('sends a wrong first name')
  await fillIdentity(walk, person)
  await fill('newPassword', newPassword)
  await sendTo('sends it', 'reset-password/done')
}

async function fillIdentity({ fill, choose }: VoiceWalk, person: Person): Promise<void> {
  for (const field of ['email', 'firstName', 'lastName'] as const) await fill(field, person[field])
  for (const field of ['country', 'organizationType'] as const) await choose(field, person[field])
}
