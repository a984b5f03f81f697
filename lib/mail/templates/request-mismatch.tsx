import type { LetterOf } from '@/lib/mail/letter'
import { Action, LinkToCopy, Note, Origin, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'

type Props = { letter: LetterOf<'request_mismatch'>; words: Words }

export function RequestMismatch({ letter, words }: Props) {
  const { t } = words
  return (
    <>
      <Paragraph>{t('request_mismatch.intro')}</Paragraph>
      <Paragraph>{t('request_mismatch.retry')}</Paragraph>
      <Action href={letter.resetLink} label={t('request_mismatch.action')} />
      <Note>{t('request_mismatch.secrecy')}</Note>
      <Origin asked={letter.asked} ignore={t('request_mismatch.ignore')} words={words} />
      <LinkToCopy href={letter.resetLink} words={words} />
    </>
  )
}
