import { compile } from 'html-to-text'
import { plainTextSelectors, render } from 'react-email'
import type { ComposedMail, Letter } from '@/lib/mail/letter'
import { AccountClosing } from '@/lib/mail/templates/account-closing'
import { AccountDisputed } from '@/lib/mail/templates/account-disputed'
import { AccountExists } from '@/lib/mail/templates/account-exists'
import { AccountSecured } from '@/lib/mail/templates/account-secured'
import { Changed } from '@/lib/mail/templates/changed'
import { Frame } from '@/lib/mail/templates/frame'
import { LogInBlocked } from '@/lib/mail/templates/log-in-blocked'
import { RequestMismatch } from '@/lib/mail/templates/request-mismatch'
import { ResetBlocked } from '@/lib/mail/templates/reset-blocked'
import { ResetPassword } from '@/lib/mail/templates/reset-password'
import { VerifyAddress } from '@/lib/mail/templates/verify-address'
import { mailWords, type Words } from '@/lib/mail/translator'

/**
 * Puts a letter into words, and whom to ask about it where somebody is named. The same letter gives the same bytes as long as the code, the catalogues and Node's language
 * data are the same. Throws when a text, a value or the time zone is missing or wrong.
 */
export async function composeMail(
  letter: Letter,
  supportContact: string | null = null,
): Promise<Omit<ComposedMail, 'from'>> {
  const { id, to, locale, timeZone, template } = letter
  const words = await mailWords(locale, timeZone)
  const html = await render(
    <Frame letter={letter} words={words} supportContact={supportContact}>
      {bodyOf(letter, words)}
    </Frame>,
  )
  return { id, to, subject: words.t(`${template}.subject`), html, text: toText(html) }
}

function bodyOf(letter: Letter, words: Words) {
  switch (letter.template) {
    case 'verify_address':
    case 'new_email':
      return <VerifyAddress letter={letter} words={words} />
    case 'account_exists':
      return <AccountExists letter={letter} words={words} />
    case 'reset_password':
      return <ResetPassword letter={letter} words={words} />
    case 'request_mismatch':
      return <RequestMismatch letter={letter} words={words} />
    case 'reset_blocked':
      return <ResetBlocked letter={letter} words={words} />
    case 'password_changed':
    case 'address_changed':
    case 'new_browser':
    case 'details_changed':
      return <Changed letter={letter} words={words} />
    case 'account_disputed':
      return <AccountDisputed letter={letter} words={words} />
    case 'account_secured':
      return <AccountSecured letter={letter} words={words} />
    case 'log_in_blocked':
      return <LogInBlocked letter={letter} words={words} />
    case 'account_closing':
      return <AccountClosing letter={letter} words={words} />
  }
}

/** A button becomes its label and, on the next line, its link. */
const toText = compile({
  wordwrap: false,
  formatters: {
    labelAndLink(element, walk, builder) {
      walk(element.children, builder)
      builder.addLineBreak()
      builder.addLiteral(element.attribs.href)
    },
  },
  selectors: [
    ...plainTextSelectors,
    { selector: 'h1', format: 'heading', options: { uppercase: false } },
    { selector: 'a.button', format: 'labelAndLink' },
  ],
})
