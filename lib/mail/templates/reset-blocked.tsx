import type { LetterOf } from '@/lib/mail/letter'
import { Action, LinkToCopy, Origin, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'

type Props = { letter: LetterOf<'reset_blocked'>; words: Words }

export function ResetBlocked({ letter: { resetLink, asked, blockedUntil }, words }: Props) {
  const { t, when } = words
  const subject = t('account_disputed.subject')
  return (
    <>
      <Paragraph>{t('reset_blocked.intro')}</Paragraph>
      <Paragraph>
        {blockedUntil === null
          ? t('reset_blocked.untilSettled')
          : t('reset_blocked.until', { duration: remaining(asked.at, blockedUntil, words), when: when(blockedUntil) })}
      </Paragraph>
      <Paragraph>{t('reset_blocked.act', { subject })}</Paragraph>
      <Action href={resetLink} label={t('request_mismatch.action')} />
      <Origin asked={asked} ignore={t('request_mismatch.ignore')} words={words} />
      <LinkToCopy href={resetLink} words={words} />
    </>
  )
}

/** How long it was when it was asked, in hours begun, in minutes when it is less than one. */
function remaining(from: string, until: string, { duration }: Words): string {
  const minutes = Math.max(1, Math.ceil((Date.parse(until) - Date.parse(from)) / 60_000))
  return duration(minutes > 60 ? 3_600 * Math.ceil(minutes / 60) : 60 * minutes)
}
