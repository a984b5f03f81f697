import type { LetterOf } from '@/lib/mail/letter'
import { Action, Lifetime, LinkToCopy, Origin, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'
import { tokenPolicy } from '@/lib/policy'

type Props = { letter: LetterOf<'reset_password'>; words: Words }

export function ResetPassword({ letter, words }: Props) {
  const { t } = words
  return (
    <>
      <Paragraph>{t('reset_password.intro')}</Paragraph>
      <Paragraph>{t('reset_password.identity')}</Paragraph>
      <Action href={letter.link} label={t('reset_password.action')} />
      <Lifetime seconds={tokenPolicy.passwordReset.lifetimeSeconds} validUntil={letter.validUntil} words={words}>
        {t('reset_password.once')} {t('reset_password.doNotForward')}
      </Lifetime>
      <Origin asked={letter.asked} ignore={t('reset_password.ignore')} words={words} />
      <LinkToCopy href={letter.link} words={words} />
    </>
  )
}
