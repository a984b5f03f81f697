import { expect, test } from 'vitest'
import { directionOf } from '@/lib/i18n/direction'
import { locales } from '@/lib/i18n/locales'
import { composeMail } from '@/lib/mail/compose'
import type { Letter } from '@/lib/mail/letter'
import { readMail } from '@/tests/support/mail/read-mail'
import { sampleIn, sampleLetters, sampleOrigin } from '@/tests/support/mail/samples'

const samples = locales.flatMap((locale) =>
  sampleLetters.map((letter) => ({ name: `${letter.template} in ${locale}`, locale, letter })),
)

test.for(samples)('$name is a mail that a mail program reads as it was written', async ({ locale, letter }) => {
  const mail = await composeMail(sampleIn(letter, locale))
  const read = await readMail(mail)
  expect(read.subject).toBe(mail.subject)
  expect(read.text?.trim()).toBe(mail.text)
  expect(read.html).toBe(mail.html)
  expect(read.attachments).toEqual([])
})

test.for(samples)('$name carries every address in full in both parts, and no other', async ({ locale, letter }) => {
  const { html, text } = await composeMail(sampleIn(letter, locale))
  const links = new Set(linksOf(letter))
  expect(new Set([...html.matchAll(/ href="([^"]*)"/g)].map(([, href]) => href))).toEqual(links)
  expect(new Set(html.replace(/<!DOCTYPE[^>]*>/, '').match(/https?:\/\/[^\s"<]+/g))).toEqual(links)
  expect(text.match(/https?:\/\/\S+/g)).toEqual([...links])
  for (const link of links) {
    expect(new URL(link).origin).toBe(sampleOrigin)
    expect(html).toContain(`>${link}</a></bdi>`)
    expect(text.split('\n')).toContain(link)
  }
})

test.for(samples)(
  '$name is a small document with title, language, direction and one heading',
  async ({ locale, letter }) => {
    const { subject, html } = await composeMail(sampleIn(letter, locale))
    expect(Buffer.byteLength(html)).toBeLessThan(30_000)
    const direction = directionOf(locale)
    expect(html).toContain(`<html dir="${direction}" lang="${locale}">`)
    const aroundAddresses = html.replaceAll('<bdi dir="ltr">', '<bdi>')
    expect(aroundAddresses).not.toMatch(new RegExp(` lang="(?!${locale}")| dir="(?!${direction}")`))
    expect(html).toContain(`<title>${subject}</title>`)
    expect(html.match(/<h1/g)).toHaveLength(1)
    for (const name of ['color-scheme', 'supported-color-schemes'])
      expect(html).toContain(`<meta name="${name}" content="light dark"/>`)
    expect(html).not.toMatch(/<img|<script|<link|url\(/)
  },
)

test.for(samples)('$name leaves no gap in its words', async ({ locale, letter }) => {
  const { subject, html, text } = await composeMail(sampleIn(letter, locale))
  expect(`${subject}${html.replace(/<style>.*<\/style>/s, '')}${text}`).not.toMatch(
    /[{}]|\b(undefined|null|NaN)\b|\[object/,
  )
  expect(text).not.toMatch(new RegExp(`${letter.template}|common\\.`))
})

test.for(samples)('$name is the same to the byte each time', async ({ locale, letter }) => {
  const first = await composeMail(sampleIn(letter, locale))
  const stored = JSON.parse(JSON.stringify(sampleIn(letter, locale)))
  expect(await composeMail(stored)).toEqual(first)
})

test.for(samples)('$name keeps personal data out of its subject', async ({ locale, letter }) => {
  const { id, to } = sampleIn(letter)
  const other = { ...sampleIn(letter, locale), id: id.replaceAll('0', '1'), to: `other.${to}` }
  expect((await composeMail(other)).subject).toBe((await composeMail(sampleIn(letter, locale))).subject)
})

test.for(samples)('$name has one button, which is words', async ({ locale, letter }) => {
  const { html } = await composeMail(sampleIn(letter, locale))
  const buttons = [...html.matchAll(/<a class="button(?: quiet)?" href="([^"]+)".*?<\/a>/gs)]
  expect(buttons.map(([, href]) => href)).toEqual(linksOf(letter).slice(0, 1))
  const label = buttons[0]?.[0].replace(/<!--.*?-->|<[^>]+>/gs, '') ?? ''
  expect(label).toMatch(/^[\p{L}\p{M}’ -]{4,40}$/u)
})

test('an address that looks like markup stays an address', async () => {
  const { html, text } = await composeMail({ ...sampleIn(sampleLetters[0] as Letter), to: `<i>o'b&c</i>@x.test` })
  expect(html).toContain('<bdi dir="ltr">&lt;i&gt;o&#x27;b&amp;c&lt;/i&gt;@x.test</bdi>')
  expect(text).toContain(`Destinataire\u202f: <i>o'b&c</i>@x.test`)
})

/** All that a letter holds; who asked with wrong details is led back to the form alone. */
function linksOf(letter: Letter): string[] {
  if ('link' in letter) return [letter.link]
  const { template, signInLink, resetLink } = letter
  return ['request_mismatch', 'reset_blocked', 'log_in_blocked'].includes(template)
    ? [resetLink]
    : [signInLink, resetLink]
}
