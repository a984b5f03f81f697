import { getTranslations } from 'next-intl/server'
import { helpSteps } from '@/app/[locale]/help/steps'
import { Actions, ButtonLink } from '@/app/components/actions'
import { WindowTitle } from '@/app/components/window-title'
import { HelpPanel } from './panel'

export default async function HelpPage() {
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
      <Actions>
        <ButtonLink to="forgot-password">{t('login.reset')}</ButtonLink>
        <ButtonLink to="login" quiet>
          {t('login.title')}
        </ButtonLink>
      </Actions>
    </>
  )
}
