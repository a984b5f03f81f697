import type { LetterOf } from '@/lib/mail/letter'
import { Action, Lifetime, LinkToCopy, Origin, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'
import { tokenPolicy } from '@/lib/policy'

type Props = { letter: LetterOf<'verify_address' | 'new_email'>; words: Words }

/** Asks the holder of an e-mail to confirm it: that of a new account, or a new one of an account. */
export function VerifyAddress({ letter: { template, link, validUntil, asked }, words }: Props) {
  const { t } = words
  return (
    <>
      <Paragraph>{t(`${template}.intro`)}</Paragraph>
      <Action href={link} label={t(`${template}.action`)} />
      <Lifetime
        seconds={(template === 'new_email' ? tokenPolicy.emailChange : tokenPolicy.verification).lifetimeSeconds}
        validUntil={validUntil}
        words={words}
      >
        {t(`${template}.doNotForward`)}
      </Lifetime>
      <Origin asked={asked} ignore={t(`${template}.ignore`)} words={words} />
      <LinkToCopy href={link} words={words} />
    </>
  )
}
