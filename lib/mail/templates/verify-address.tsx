import type { LetterOf } from '@/lib/mail/letter'
import { Action, Origin, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'

type Props = { letter: LetterOf<'verify_address' | 'new_email'>; words: Words }

/** Asks the holder of an e-mail to confirm it: that of a new account, or a new one of an account. */
export function VerifyAddress({ letter: { template, link, validUntil, asked }, words }: Props) {
  const { t, when } = words
  return (
    <>
      <Paragraph>{t(`${template}.intro`)}</Paragraph>
      <Action href={link} label={t(`${template}.action`)} words={words} />
      <Paragraph>
        {t('common.validUntil', { when: when(validUntil) })} {t(`${template}.doNotForward`)}
      </Paragraph>
      <Origin asked={asked} ignore={t(`${template}.ignore`)} words={words} />
    </>
  )
}
