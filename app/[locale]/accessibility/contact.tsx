import { getTranslations } from 'next-intl/server'
import { Section } from '@/app/components/section'
import { env } from '@/lib/env'

export async function Contact() {
  const t = await getTranslations('accessibility')
  const contact = env().accessibilityContact
  return (
    <Section title={t('contact')}>
      <p>{t('contactText')}</p>
      {contact === null ? (
        <p>{t('usualContact')}</p>
      ) : (
        <p>
          {t('writeTo')}{' '}
          <a href={contact.startsWith('https:') ? contact : `mailto:${contact}`} dir="ltr">
            {contact}
          </a>
        </p>
      )}
    </Section>
  )
}
