import type { LetterOf } from '@/lib/mail/letter'
import { Action, BareLink, Facts, LinkToCopy, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'
import { closingGraceSeconds } from '@/lib/policy'

type Props = { letter: LetterOf<'account_closing'>; words: Words }

export function AccountClosing({ letter, words }: Props) {
  const { t, when, duration } = words
  return (
    <>
      <Paragraph>{t('account_closing.intro')}</Paragraph>
      <Facts label={t('common.askedAt')} asked={letter.asked} words={words} />
      <Paragraph>
        <strong>
          {t('account_closing.closes', { duration: duration(closingGraceSeconds), when: when(letter.closesAt) })}
        </strong>
      </Paragraph>
      <Paragraph>{t('account_closing.keep')}</Paragraph>
      <Action href={letter.signInLink} label={t('account_closing.action')} />
      <Paragraph>
        <strong>{t('common.notYou')}</strong> {t('account_closing.act')}
      </Paragraph>
      <BareLink href={letter.resetLink} />
      <LinkToCopy href={letter.signInLink} words={words} />
    </>
  )
}
