import { HtmlValidate } from 'html-validate'
import { expect, test } from 'vitest'
import { locales } from '@/lib/i18n/locales'
import { composeMail } from '@/lib/mail/compose'
import { sampleIn, sampleLetters } from '@/tests/support/mail/samples'

/** What mail programs need, some of them twenty years old, and a page of today does not. */
const outdated = {
  'doctype-html': 'off',
  'void-style': 'off',
  'attr-case': 'off',
  'no-inline-style': 'off',
  'no-deprecated-attr': 'off',
  'no-conditional-comment': 'off',
} as const
const checker = new HtmlValidate({ extends: ['html-validate:recommended'], rules: outdated })

test.for(locales)('the markup of the mails in %s has no fault', async (locale) => {
  for (const letter of sampleLetters) {
    const { html } = await composeMail(sampleIn(letter, locale))
    const { results } = await checker.validateString(html)
    const faults = results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))
    expect(faults, letter.template).toEqual([])
  }
})
