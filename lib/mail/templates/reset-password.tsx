import type { LetterOf } from '@/lib/mail/letter'
import { Action, Origin, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'

type Props = { letter: LetterOf<'reset_password'>; words: Words }

export function ResetPassword({ letter, words }: Props) {
  const { t, when } = words
  return (
    <>
      <Paragraph>{t('reset_password.intro')}</Paragraph>
      <Paragraph>{t('reset_password.identity')}</Paragraph>
      <Action href={letter.link} label={t('reset_password.action')} words={words} />
      <Paragraph>
        {t('common.validUntil', { when: when(letter.validUntil) })} {t('reset_password.once')}
      </Paragraph>
      <Paragraph>{t('reset_password.doNotForward')}</Paragraph>
      <Origin asked={letter.asked} ignore={t('reset_password.ignore')} words={words} />
    </>
  )
}
