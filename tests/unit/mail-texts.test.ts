import { expect, test } from 'vitest'
import { locales } from '@/lib/i18n/locales'
import { composeMail } from '@/lib/mail/compose'
import { preheaderOf, readMail } from '@/tests/support/mail/read-mail'
import { sampleIn, sampleLetters } from '@/tests/support/mail/samples'

test.for(locales)('the mails in %s say what somebody has read and found good', async (locale) => {
  const mails: string[] = []
  for (const letter of sampleLetters) {
    const { subject, html, text } = await readMail(await composeMail(sampleIn(letter, locale)))
    mails.push(`# ${letter.template}\n\n${subject}\n${preheaderOf(html || '')}\n\n${text?.trim()}\n`)
  }
  await expect(mails.join('\n')).toMatchFileSnapshot(`mail-texts/${locale}.txt`)
})
