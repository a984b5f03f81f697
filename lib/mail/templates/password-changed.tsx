import type { LetterOf } from '@/lib/mail/letter'
import { Action, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/words'

type Props = { letter: LetterOf<'password_changed'>; words: Words }

export function PasswordChanged({ letter, words }: Props) {
  const { t, when, device } = words
  const { at, device: usedDevice } = letter.asked
  return (
    <>
      <Paragraph>{t('password_changed.intro', { when: when(at), device: device(usedDevice) })}</Paragraph>
      <Paragraph>{t('password_changed.you')}</Paragraph>
      <Paragraph>
        <strong>{t('common.notYou')}</strong> {t('password_changed.act')}
      </Paragraph>
      <Action href={letter.resetLink} label={t('password_changed.action')} words={words} />
    </>
  )
}
