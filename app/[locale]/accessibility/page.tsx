import { getLocale, getTranslations } from 'next-intl/server'
import { Section } from '@/app/components/section'
import { WindowTitle } from '@/app/components/window-title'
import { regionalTag } from '@/lib/i18n/regional-tag'
import { audit } from './audit'
import { Contact } from './contact'
import { Redress } from './redress'
import { Results } from './results'

/** The statement of accessibility, in the order that the French rules give it. */
export default async function AccessibilityPage() {
  const t = await getTranslations('accessibility')
  const day = new Intl.DateTimeFormat(regionalTag(await getLocale()), { dateStyle: 'long', timeZone: 'UTC' })
  return (
    <>
      <WindowTitle>{t('title')}</WindowTitle>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <Section title={t('state')}>
        <p>{t('stateText')}</p>
      </Section>
      <Results />
      <Section title={t('gaps')}>
        <p>{t('gapsText')}</p>
      </Section>
      <Section title={t('making')}>
        <p>{t('madeOn', { date: day.format(audit.on) })}</p>
        <p>{t('tools')}</p>
        <p>{t('voice')}</p>
        <p>{t('limits')}</p>
      </Section>
      <Contact />
      <Redress />
    </>
  )
}
