import type { LetterOf } from '@/lib/mail/letter'
import { Action, Facts, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'

type Props = { letter: LetterOf<'account_secured'>; words: Words }

export function AccountSecured({ letter: { link, validUntil, asked }, words }: Props) {
  const { t, when } = words
  return (
    <>
      <Paragraph>{t('account_secured.intro')}</Paragraph>
      <Facts label={t('common.doneAt')} asked={asked} words={words} />
      <Paragraph>{t('reset_password.identity')}</Paragraph>
      <Action href={link} label={t('reset_password.action')} words={words} />
      <Paragraph>
        {t('common.validUntil', { when: when(validUntil) })} {t('reset_password.once')}
      </Paragraph>
      <Paragraph>{t('reset_password.doNotForward')}</Paragraph>
    </>
  )
}
