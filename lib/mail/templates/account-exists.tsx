import type { LetterOf } from '@/lib/mail/letter'
import { Action, BareLink, LinkToCopy, Origin, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'

type Props = { letter: LetterOf<'account_exists'>; words: Words }

export function AccountExists({ letter, words }: Props) {
  const { t } = words
  return (
    <>
      <Paragraph>{t('account_exists.intro')}</Paragraph>
      <Action href={letter.signInLink} label={t('account_exists.action')} />
      <Paragraph>{t('account_exists.reset')}</Paragraph>
      <BareLink href={letter.resetLink} />
      <Origin asked={letter.asked} ignore={t('account_exists.ignore')} words={words} />
      <LinkToCopy href={letter.signInLink} words={words} />
    </>
  )
}
