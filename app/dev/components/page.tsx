import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Actions, ButtonLink } from '@/app/components/actions'
import { Browser, Browsers } from '@/app/components/browsers'
import { Details } from '@/app/components/details'
import { Drawing } from '@/app/components/drawing'
import { Hint } from '@/app/components/hint'
import { List } from '@/app/components/list'
import { MailRow, MailRows } from '@/app/components/mail-row'
import { Notice } from '@/app/components/notice'
import { Panel, Panels } from '@/app/components/panel'
import { Progress } from '@/app/components/progress'
import { Section } from '@/app/components/section'
import { Shell } from '@/app/components/shell'
import { SitePage } from '@/app/components/site-page'
import { AnsweringWay, ChangeWay, Way, Ways } from '@/app/components/ways'
import { env } from '@/lib/env'
import type { Locale } from '@/lib/i18n/locales'
import { formWords } from '@/lib/words/form-words'
import { identityFields, identityOptions } from '@/lib/words/identity-words'
import { ruleWords } from '@/lib/words/rule-words'
import { Fields } from './fields'

const title = 'Components'

/** Every component in its states, under its name in the code: for who changes them. Deployed, this page does not exist. */
export default async function ComponentsPage() {
  if (env().mode !== 'local') notFound()
  const t = await getTranslations()
  const words = await formWords({ submit: t('login.submit') }, ...identityFields, 'password', 'newPassword')
  const change = (
    <ChangeWay to="account/username" of={t('account.username')}>
      {t('account.edit')}
    </ChangeWay>
  )
  return (
    <SitePage locale={(await getLocale()) as Locale}>
      <title>{title}</title>
      <Shell>
        <h1>{title}</h1>
        <Section title="ButtonLink">
          <Actions>
            <ButtonLink to="login">{t('login.submit')}</ButtonLink>
            <ButtonLink to="login" look="quiet">
              {t('site.sendAgain')}
            </ButtonLink>
            <ButtonLink to="login" look="danger">
              {t('account.closeLink')}
            </ButtonLink>
          </Actions>
        </Section>
        <Section title="Field">
          <Fields words={words} rules={await ruleWords()} options={await identityOptions()} />
        </Section>
        <Section title="Notice">
          <Notice>{t('login.ended')}</Notice>
          <Hint>{t('site.sendAgainHint')}</Hint>
        </Section>
        <Section title="Progress">
          {[1, 2, 3, 4].map((step) => (
            <Progress key={step} step={step} />
          ))}
        </Section>
        <Section title="Drawing">
          <p>
            <Drawing of="mail" />
            <Drawing of="done" />
            <Drawing of="shield" />
            <Drawing of="broken" />
          </p>
        </Section>
        <Section title="Details">
          <Details
            details={[
              [t('account.firstName'), <bdi key="name">Maximilien-Guillaume</bdi>],
              [t('account.username'), <bdi key="username">maximilien.guillaume</bdi>, change],
              [t('account.password'), '••••••••', change],
            ]}
          />
        </Section>
        <Section title="Browsers">
          <Browsers>
            <Browser id="this" name="Chrome" mark={t('browsers.thisOne')} facts={[t('login.signedOut')]}>
              {null}
            </Browser>
            <Browser id="other" name="Firefox" mark={false} facts={[t('login.signedOut')]}>
              {change}
            </Browser>
          </Browsers>
        </Section>
        <Section title="List">
          <List items={[t('notMe.signOut'), t('notMe.password')]} />
          <List steps items={[t('notMe.signOut'), t('notMe.password')]} />
        </Section>
        <Section title="Panel">
          <Panels>
            <Panel heading={t('login.title')} open>
              <p>{t('forgot.intro')}</p>
            </Panel>
            <Panel heading={t('forgot.title')}>
              <p>{t('forgot.intro')}</p>
            </Panel>
          </Panels>
        </Section>
        <Section title="MailRow">
          <MailRows>
            <li>
              <MailRow subject={t('signupSent.title')} facts={<bdi>robin@example.org</bdi>} open={false}>
                {null}
              </MailRow>
            </li>
          </MailRows>
        </Section>
        <Section title="Ways">
          <AnsweringWay question={t('login.forgotten')} to="forgot-password">
            {t('login.reset')}
          </AnsweringWay>
          <Ways>
            <Way question={t('login.noAccount')} to="signup">
              {t('login.signUp')}
            </Way>
            <Way to="login">{t('signup.logIn')}</Way>
          </Ways>
        </Section>
        <Section title="Section, danger" danger>
          <p>{t('account.closeText')}</p>
        </Section>
      </Shell>
    </SitePage>
  )
}
