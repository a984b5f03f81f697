import type { LetterOf } from '@/lib/mail/letter'
import { Action, Facts, LinkToCopy, Note, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'
import { tokenPolicy } from '@/lib/policy'

type Props = { letter: LetterOf<'account_disputed'>; words: Words }

export function AccountDisputed({ letter: { link, validUntil, asked }, words }: Props) {
  const { t, when, duration } = words
  return (
    <>
      <Paragraph>{t('account_disputed.intro')}</Paragraph>
      <Facts label={t('common.doneAt')} asked={asked} words={words} />
      <Paragraph>{t('account_disputed.act')}</Paragraph>
      <Action href={link} label={t('account_disputed.action')} />
      <Note>
        {t('account_disputed.lasts', { duration: duration(tokenPolicy.notMe.lifetimeSeconds), when: when(validUntil) })}
      </Note>
      <LinkToCopy href={link} words={words} />
    </>
  )
}
