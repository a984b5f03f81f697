import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { cookiesOf, submitTo } from '@/tests/support/http/forms'
import { identityOf, joinRaw, logInRaw, signUpRaw } from '@/tests/support/http/raw-walks'
import { newPerson } from '@/tests/support/person'
import { say } from '@/tests/support/words'

test('the page after a form says to whoever sent it which address they typed, known or not', async ({ service }) => {
  const member = await joinRaw(service)
  const session = await logInRaw(service, member)
  const [known, waiting, unknown] = [member, await signUpRaw(service), newPerson()]
  for (const person of [known, waiting, unknown])
    for (const [path, fields, cookie] of [
      ['/fr/forgot-password', identityOf(person), ''],
      ['/fr/signup', person, ''],
      ['/fr/signup/resend', { email: person.email }, ''],
      ['/fr/account/change-email', { newEmail: person.email, currentPassword: member.password }, session],
    ] as const) {
      const answer = await submitTo(service, path, fields, { cookie })
      const cookies = `${cookie}; ${cookiesOf(answer)}`
      const to = answer.headers.get('location') ?? ''
      expect.soft(to).toBe(`${path}/sent`)
      for (let looks = 0; looks < 2; looks += 1) expect.soft(await read(service, to, cookies)).toContain(person.email)
      const other = path === '/fr/signup' ? '/fr/forgot-password/sent' : '/fr/signup/sent'
      expect.soft(await read(service, other, cookies)).not.toContain(say('fr', 'site.typedEmail'))
    }
})

test('an address is shown as people write it, and nothing that is none', async ({ service }) => {
  const shown = async (address: string) =>
    read(service, '/fr/signup/sent', `sent-to=${encodeURIComponent(`signup ${address}`)}`)
  expect(await shown("o'neill+a&b@xn--mnchen-3ya.example")).toContain('o&#x27;neill+a&amp;b@münchen.example</bdi>')
  for (const forged of ['<b>@x.example', 'call 555', '', 'a@b@c.example', '\u202egro.elpmaxe@ekim'])
    expect.soft(await shown(forged), forged).not.toContain(say('fr', 'site.typedEmail'))
})

test('whom no mail will reach today is not sent to the spam folder', async ({ service }) => {
  for (const [path, words] of [
    ['/fr/signup/sent', 'signupSent.spam'],
    ['/fr/forgot-password/sent', 'forgotSent.spam'],
  ] as const) {
    const spam = say('fr', words)
    expect.soft(await read(service, path, '')).toContain(spam)
    expect.soft(await read(service, `${path}?again=3`, '')).not.toContain(spam)
  }
})

async function read({ url }: Service, path: string, cookie: string): Promise<string> {
  return (await fetch(url + path, { headers: { cookie } })).text()
}
