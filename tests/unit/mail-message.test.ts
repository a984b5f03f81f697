import { expect, test } from 'vitest'
import { locales } from '@/lib/i18n/locales'
import { composeMail } from '@/lib/mail/compose'
import { readMessage, writeMessage } from '@/lib/mail/message'
import { sampleIn, sampleLetters } from '@/tests/support/mail/samples'

test.for(locales)(
  'a mail whose token and e-mail are put in at the end is the one that would have been composed with them, in %s',
  { timeout: 60_000 },
  async (locale) => {
    for (const to of ['camille@example.com', "o'neil&co$&$1`=?{}|~@example.com"])
      for (const sample of sampleLetters) {
        const letter = { ...sampleIn(sample, locale), to }
        const message = await writeMessage(letter, 'a@example.com')
        expect(readMessage(message, letter), sample.template).toMatchObject(await composeMail(letter))
        expect(message).not.toContain(to)
        if ('link' in letter) expect(message).not.toContain(letter.link.slice(-43))
      }
  },
)

test('a mail names whom to ask, and a mail to them has its reference in the subject', async () => {
  for (const locale of locales) {
    const letter = sampleIn(sampleLetters[0] as (typeof sampleLetters)[0], locale)
    const asked = readMessage(await writeMessage(letter, 'a@example.com', 'help@example.com'), letter)
    expect(asked.html).toContain('href="mailto:help@example.com?subject=Metamots%200b7cb1d2"')
    const page = readMessage(await writeMessage(letter, 'a@example.com', 'https://example.com/help'), letter)
    expect(page.html).toContain('href="https://example.com/help"')
    expect(page.text).toContain('https://example.com/help')
  }
})

test('a link whose token was rotated away leads to its page, which says so', async () => {
  const sample = sampleLetters.find(({ template }) => template === 'password_changed')
  if (!sample || !('link' in sample)) throw new Error('no sample')
  const message = await writeMessage(sample, 'a@example.com')
  const link = sample.link.slice(0, -44)
  expect(readMessage(message, { ...sample, link }).text).toContain(`${link}\n`)
})
