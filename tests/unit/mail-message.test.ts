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

test('a link whose token was rotated away leads to its page, which says so', async () => {
  const sample = sampleLetters.find(({ template }) => template === 'password_changed')
  if (!sample || !('link' in sample)) throw new Error('no sample')
  const message = await writeMessage(sample, 'a@example.com')
  const link = sample.link.slice(0, -44)
  expect(readMessage(message, { ...sample, link }).text).toContain(`${link}\n`)
})
