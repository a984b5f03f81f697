import type { LetterOf } from '@/lib/mail/letter'
import { Action, Facts, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'

type Props = { letter: LetterOf<'password_changed' | 'address_changed'>; words: Words }

/** Tells of a change. Whoever did not make it can undo it. */
export function Changed({ letter: { template, link, validUntil, asked }, words }: Props) {
  const { t, when } = words
  return (
    <>
      <Paragraph>{t(`${template}.intro`)}</Paragraph>
      <Facts label={t('common.doneAt')} asked={asked} words={words} />
      <Paragraph>{t(`${template}.you`)}</Paragraph>
      <Paragraph>
        <strong>{t('common.notYou')}</strong> {t(`${template}.act`)}
      </Paragraph>
      <Action href={link} label={t(`${template}.action`)} words={words} />
      <Paragraph>
        {t('common.validUntil', { when: when(validUntil) })} {t('reset_password.once')}
      </Paragraph>
    </>
  )
}
