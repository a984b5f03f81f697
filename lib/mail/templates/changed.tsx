import type { LetterOf } from '@/lib/mail/letter'
import { Action, Facts, Lifetime, LinkToCopy, Paragraph } from '@/lib/mail/templates/parts'
import type { Words } from '@/lib/mail/translator'
import { tokenPolicy } from '@/lib/policy'

type Props = {
  letter: LetterOf<'password_changed' | 'address_changed' | 'details_changed' | 'new_browser'>
  words: Words
}

/** Tells of a change or a sign-in. Whoever did not make it can undo it. */
export function Changed({ letter, words }: Props) {
  const { template, link, validUntil, asked } = letter
  const { t } = words
  const changed = 'changed' in letter ? letter.changed : []
  return (
    <>
      <Paragraph>
        {[t(`${template}.intro`), ...changed.map((kind) => t(`details_changed.${kind}`))].join(' ')}
      </Paragraph>
      <Facts label={t('common.doneAt')} asked={asked} words={words} />
      <Paragraph>{t(`${template}.you`)}</Paragraph>
      <Paragraph>
        <strong>{t('common.notYou')}</strong> {t(`${template}.act`)}
      </Paragraph>
      <Action href={link} label={t(`${template}.action`)} quiet />
      <Lifetime seconds={tokenPolicy.notMe.lifetimeSeconds} validUntil={validUntil} words={words}>
        {t('reset_password.once')}
      </Lifetime>
      <LinkToCopy href={link} words={words} />
    </>
  )
}
