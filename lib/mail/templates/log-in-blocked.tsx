import type { LetterOf } from '@/lib/mail/letter'
import { Action, Facts, LinkToCopy, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'

type Props = { letter: LetterOf<'log_in_blocked'>; words: Words }

export function LogInBlocked({ letter: { resetLink, asked }, words }: Props) {
  const { t } = words
  return (
    <>
      <Paragraph>{t('log_in_blocked.intro')}</Paragraph>
      <Facts label={t('log_in_blocked.lastTry')} asked={asked} words={words} />
      <Paragraph>{t('log_in_blocked.blocked')}</Paragraph>
      <Paragraph>{t('log_in_blocked.known')}</Paragraph>
      <Action href={resetLink} label={t('reset_password.action')} />
      <LinkToCopy href={resetLink} words={words} />
    </>
  )
}
