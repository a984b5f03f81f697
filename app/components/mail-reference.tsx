import { getTranslations } from 'next-intl/server'
import { lastMailReference } from '@/lib/http/mail-reference'

/** By what support finds the mail that this browser asked for last; the mail has the same in its last line. */
export async function MailReference() {
  const reference = await lastMailReference()
  if (reference === null) return null
  const t = await getTranslations('site')
  return (
    <p>
      {t('mailReference')} <code>{reference}</code>
    </p>
  )
}
