import { getTranslations } from 'next-intl/server'
import { env } from '@/lib/env'
import { contactLink } from '@/lib/mail/contact-link'

export type SupportWords = { ask: string; contact: string; href: string; give: string; reference: string }

/** Whom to ask, with the reference to give, in the language of the request; null where nobody is named. */
export async function supportWords(reference: string): Promise<SupportWords | null> {
  const contact = env().supportContact
  if (contact === null) return null
  const t = await getTranslations('support')
  return { ask: t('ask'), contact, href: contactLink(contact, reference), give: t('give'), reference }
}
