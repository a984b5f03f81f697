import type { LetterOf } from '@/lib/mail/letter'
import { Action, Origin, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/words'

type Props = { letter: LetterOf<'verify_address'>; words: Words }

export function VerifyAddress({ letter, words }: Props) {
  const { t, when } = words
  return (
    <>
      <Paragraph>{t('verify_address.intro')}</Paragraph>
      <Action href={letter.link} label={t('verify_address.action')} words={words} />
      <Paragraph>
        {t('common.validUntil', { when: when(letter.validUntil) })} {t('verify_address.doNotForward')}
      </Paragraph>
      <Origin asked={letter.asked} ignore={t('verify_address.ignore')} words={words} />
    </>
  )
}
