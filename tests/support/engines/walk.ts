import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { type Layout, readLayout } from '@/tests/support/engines/layout'
import { arrive, hear, type Tab } from '@/tests/support/engines/tab'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { say } from '@/tests/support/words'

const locale = 'fr'
const submitButton = 'main form button[type=submit]'

/** Each engine takes another font of the system, in which lines break elsewhere: one for all makes them comparable. */
const sameFont = `[document.documentElement, document.body].map(({ style }) => (style.fontFamily = 'DejaVu Sans'))`

/** A picture of a step, and where everything was. */
export type Look = { step: string; layout: Layout; picture: Buffer }

/** Walks the whole way through an account with each kind of error, back and forward, and looks at every step. */
export async function walk(tab: Tab, service: Service): Promise<Look[]> {
  const looks: Look[] = []
  const look = async (step: string) => {
    // What scripts show once they run.
    await expect.poll(() => tab.read('document.querySelector("main button[hidden]") === null')).toBe(true)
    await tab.read(sameFont)
    looks.push({ step, layout: await readLayout(tab), picture: await tab.picture() })
  }
  const person = newPerson()
  const path = (name: string) => `/${locale}/${name}`
  const submit = () => tab.press(submitButton)

  await tab.open(service.url + path('login'))
  await look('sign-in')
  await submit()
  await hear(tab, say(locale, 'kit.toCorrect'))
  expect(await tab.read('document.activeElement.role'), 'what has the focus').toBe('alert')
  await look('sign-in, empty')
  await tab.press(`main a[href="${path('signup')}"]`)
  await arrive(tab, path('signup'))
  await look('sign-up')
  await tab.back()
  await arrive(tab, path('login'))
  await tab.forward()
  await arrive(tab, path('signup'))
  await submit()
  await hear(tab, say(locale, 'fields.firstName.missing'))
  await look('sign-up, empty')
  await fillIdentity(tab, person)
  await tab.fill('password', 'zqxjv')
  await submit()
  await hear(tab, say(locale, 'fields.newPassword.missing_digit'))
  expect(await tab.read('document.querySelector("[name=lastName]").value')).toBe(person.lastName)
  await look('sign-up, weak password')
  await tab.fill('password', person.password)
  await submit()
  await arrive(tab, path('signup/sent'))
  await look('sign-up sent')

  await tab.open(linkIn(await sweptMailTo(service, person.email), 'verify-email'))
  await arrive(tab, path('verify-email'))
  await look('confirmation')
  await tab.fill('password', newPassword)
  await submit()
  await expect.poll(() => tab.read('document.querySelector("main [role=alert]") !== null')).toBe(true)
  await look('confirmation, another password')
  await tab.fill('password', person.password)
  await submit()
  await arrive(tab, path('verify-email/done'))
  await look('confirmed')

  await tab.open(service.url + path('account'))
  await look('account')
  await tab.press(`main a[href="${path('account/username')}"]`)
  await arrive(tab, path('account/username'))
  await tab.back()
  await arrive(tab, path('account'))
  await hear(tab, person.email)
  await signOut(tab)
  await arrive(tab, path('login?signed-out=here'))
  await tab.back()
  if (!tab.keepsPages)
    await expect.poll(() => tab.read('document.body.innerText').catch(String)).not.toContain(person.email)
  await tab.open(service.url + path('account'))
  await arrive(tab, path('login'))

  await tab.open(service.url + path('forgot-password'))
  await look('request')
  await submit()
  await hear(tab, say(locale, 'fields.email.missing'))
  await look('request, empty')
  await fillIdentity(tab, person)
  await submit()
  await arrive(tab, path('forgot-password/sent'))
  await look('request sent')
  await tab.open(linkIn(await sweptMailTo(service, person.email, 2), 'reset-password'))
  await arrive(tab, path('reset-password'))
  await look('reset')
  await fillIdentity(tab, person)
  await tab.fill('newPassword', 'zqxjv')
  await submit()
  await hear(tab, say(locale, 'fields.newPassword.missing_digit'))
  await look('reset, weak password')
  await fillIdentity(tab, { ...person, firstName: 'Zacharie' })
  await tab.fill('newPassword', newPassword)
  await submit()
  await expect.poll(() => tab.read('document.querySelector("main [role=alert] p") !== null')).toBe(true)
  await look('reset, wrong details')
  await fillIdentity(tab, person)
  await tab.fill('newPassword', newPassword)
  await submit()
  await arrive(tab, path('reset-password/done'))
  await look('reset done')

  await tab.open(service.url + path('login'))
  await tab.fill('identifier', person.email)
  await tab.fill('password', person.password)
  await submit()
  await hear(tab, say(locale, 'formCodes.invalid_credentials'))
  await look('sign-in, former password')
  await tab.fill('password', newPassword)
  await submit()
  await arrive(tab, path('account'))
  await hear(tab, person.email)
  await signOut(tab)
  await arrive(tab, path('login?signed-out=here'))

  await tab.open(`${service.url}/ar/login`)
  await look('sign-in in Arabic')
  await tab.open(`${service.url}/ar/signup`)
  await look('sign-up in Arabic')
  return looks
}

async function fillIdentity(tab: Tab, person: Person): Promise<void> {
  for (const field of ['email', 'firstName', 'lastName', 'country', 'organizationType'] as const)
    await tab.fill(field, person[field])
}

function signOut(tab: Tab): Promise<void> {
  return tab.press('header form button')
}
