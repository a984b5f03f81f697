import { getLocale, getTranslations } from 'next-intl/server'
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
      <section>
        <h2>{t('state')}</h2>
        <p>{t('stateText')}</p>
      </section>
      <Results />
      <section>
        <h2>{t('gaps')}</h2>
        <p>{t('gapsText')}</p>
      </section>
      <section>
        <h2>{t('making')}</h2>
        <p>{t('madeOn', { date: day.format(audit.on) })}</p>
        <p>{t('tools')}</p>
        <p>{t('limits')}</p>
      </section>
      <Contact />
      <Redress />
    </>
  )
}
