import { expect, test } from 'vitest'
import { signUpSchema } from '@/lib/accounts/input'
import { signUp } from '@/lib/accounts/sign-up'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { newCaller } from '@/tests/support/accounts/people'
import { newPerson } from '@/tests/support/person'
import { useResend, useService } from '@/tests/support/vitest/use-service'

const resend = await useResend()
useService('embedded')

const hostileNames = [
  '<a href=//evil.example>x</a>',
  '<img src=x onerror=alert(1)>',
  'Visit evil.example now',
  'Evil https://evil.example/x',
  'www.evil.example',
  'Evil\r\nBcc: eve@evil.example',
  'Evil\nSubject: You won',
  '{{link}} {link} %s %n',
  '[evil](//evil.example)',
  '&lt;b&gt;evil&lt;/b&gt;',
  '\u202eelpmaxe.live',
  'eve@evil.example',
  'Evil\u2028Evil',
]

test('no name of anybody stands in a mail, whatever it holds', async () => {
  const subjects = new Set<string>()
  for (const name of ['Éloïse', ...hostileNames])
    for (const person of [newPerson({ firstName: name }), newPerson({ lastName: name })]) {
      const parsed = signUpSchema.safeParse(person)
      if (!parsed.success) continue
      await signUp(parsed.data, newCaller(), 'fr')
      await deliverDueMail()
      const [mail] = resend.mails.filter(({ to }) => to.includes(person.email))
      const { subject = '', html = '', text = '', from = '', to, headers } = mail ?? {}
      expect(to).toEqual([person.email])
      subjects.add(`${from} ${subject} ${Object.keys(headers ?? {})}`)
      expect(html + text + subject + JSON.stringify(headers)).not.toMatch(/evil|\u202e|<b>|onerror|Éloïse/i)
      const links = [...`${html} ${text}`.matchAll(/(?:href="|\s)(https?:\/\/[^\s"<]+)/g)].map(
        ([, link = '']) => new URL(link).origin,
      )
      expect(links.length).toBeGreaterThan(1)
      expect(new Set(links)).toEqual(new Set(['http://localhost:3000']))
    }
  expect(subjects.size).toBe(1)
})

test('a text that holds more than one address, or more than an address, is none', async () => {
  const { email } = newPerson()
  for (const typed of [
    `${email},eve@evil.example`,
    `${email};eve@evil.example`,
    `${email} eve@evil.example`,
    `${email}\r\nBcc: eve@evil.example`,
    `${email}\nBcc:eve@evil.example`,
    `${email}%0aBcc:eve@evil.example`,
    `${email}\u0000@evil.example`,
    `"${email}" <eve@evil.example>`,
    `"eve@evil.example"@example.org`,
    `eve@evil.example@example.org`,
    `(comment)${email}`,
    `${email.replace('@', '@[127.0.0.1]')}`,
  ])
    expect(signUpSchema.safeParse(newPerson({ email: typed })).success, JSON.stringify(typed)).toBe(false)
})
