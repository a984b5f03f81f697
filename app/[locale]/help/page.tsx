import { getLocale, getTranslations } from 'next-intl/server'
import { WindowTitle } from '@/app/components/window-title'
import { helpSteps } from '@/lib/i18n/help-steps'
import { HelpPanel } from './panel'

export default async function HelpPage() {
  const locale = await getLocale()
  const t = await getTranslations()
  return (
    <>
      <WindowTitle>{t('help.title')}</WindowTitle>
      <h1>{t('help.title')}</h1>
      <p>{t('help.intro')}</p>
      <nav className="outline-list" aria-labelledby="contents">
        <h2 id="contents">{t('help.contents')}</h2>
        <ol>
          {helpSteps.map((step) => (
            <li key={step}>
              <a href={`#${step}`}>{t(`${step}.title`)}</a>
            </li>
          ))}
        </ol>
        <a href="#restrictions">{t('help.restrictions.title')}</a>
      </nav>
      <div className="panels">
        {helpSteps.map((step, index) => (
          <HelpPanel key={step} step={step} number={index + 1} />
        ))}
      </div>
      <section aria-labelledby="restrictions">
        <h2 id="restrictions">{t('help.restrictions.title')}</h2>
        <p>{t('help.restrictions.pictures')}</p>
        <p>{t('help.restrictions.secret')}</p>
      </section>
      <p className="actions">
        <a className="button button-primary" href={`/${locale}/forgot-password`}>
          {t('login.reset')}
        </a>
        <a className="button" href={`/${locale}/login`}>
          {t('login.title')}
        </a>
      </p>
    </>
  )
}
