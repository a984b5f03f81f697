import { getTranslations } from 'next-intl/server'
import { helpSteps } from '@/app/[locale]/help/steps'
import { Actions, ButtonLink } from '@/app/components/actions'
import { Outline } from '@/app/components/outline'
import { Panels } from '@/app/components/panel'
import { ScreenOnly } from '@/app/components/screen-only'
import { Section } from '@/app/components/section'
import { WindowTitle } from '@/app/components/window-title'
import { HelpPanel } from './panel'

export default async function HelpPage() {
  const t = await getTranslations()
  return (
    <>
      <WindowTitle>{t('help.title')}</WindowTitle>
      <h1>{t('help.title')}</h1>
      <ScreenOnly>{t('help.intro')}</ScreenOnly>
      <Outline
        id="contents"
        title={t('help.contents')}
        links={helpSteps.map((step) => [step, t(`${step}.title`)] as const)}
      >
        <a href="#restrictions">{t('help.restrictions.title')}</a>
      </Outline>
      <h2>{t('help.steps')}</h2>
      <Panels>
        {helpSteps.map((step, index) => (
          <HelpPanel key={step} step={step} number={index + 1} />
        ))}
      </Panels>
      <Section id="restrictions" title={t('help.restrictions.title')}>
        <p>{t('help.restrictions.pictures')}</p>
        <p>{t('help.restrictions.secret')}</p>
      </Section>
      <Actions>
        <ButtonLink to="forgot-password">{t('login.reset')}</ButtonLink>
        <ButtonLink to="login" look="quiet">
          {t('login.title')}
        </ButtonLink>
      </Actions>
    </>
  )
}
