import type { LetterOf } from '@/lib/mail/letter'
import { Action, Facts, Lifetime, LinkToCopy, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'
import { tokenPolicy } from '@/lib/policy'

type Props = { letter: LetterOf<'account_secured'>; words: Words }

export function AccountSecured({ letter: { link, validUntil, asked }, words }: Props) {
  const { t } = words
  return (
    <>
      <Paragraph>{t('account_secured.intro')}</Paragraph>
      <Facts label={t('common.doneAt')} asked={asked} words={words} />
      <Paragraph>{t('account_secured.several')}</Paragraph>
      <Paragraph>{t('reset_password.identity')}</Paragraph>
      <Action href={link} label={t('reset_password.action')} />
      <Lifetime seconds={tokenPolicy.passwordReset.lifetimeSeconds} validUntil={validUntil} words={words}>
        {t('reset_password.once')} {t('reset_password.doNotForward')}
      </Lifetime>
      <LinkToCopy href={link} words={words} />
    </>
  )
}
