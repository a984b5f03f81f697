import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Actions } from '@/app/components/actions'
import { ButtonForm } from '@/app/components/button-form'
import { FocusedHeading } from '@/app/components/focused-heading'
import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import { Section } from '@/app/components/section'
import { LoneWay } from '@/app/components/ways'
import { WindowTitle } from '@/app/components/window-title'
import { requireAccount } from '@/lib/http/current-account'
import { languageNames } from '@/lib/i18n/language-names'
import { formWords } from '@/lib/words/form-words'
import { AccountDetails } from './details'
import { LanguageForm } from './language/form'
import { submit as logOut } from './log-out/action'
import { submit as logOutEverywhere } from './log-out-everywhere/action'
import { Sessions } from './sessions'
import { YourData } from './your-data'

export default async function AccountPage() {
  const locale = await getLocale()
  const account = await requireAccount(locale)
  if (account.closesAt) redirect(`/${locale}/account/keep`)
  const t = await getTranslations('account')
  const changeEmail = await getTranslations('changeEmail')
  const changeDetails = await getTranslations('changeDetails')
  const rehearsal = await getTranslations('rehearsal')
  const languageWords = await formWords({ submit: t('saveLanguage') }, 'locale')
  const everywhereWords = await formWords({ submit: t('logOutEverywhere') })
  return (
    <>
      <WindowTitle>{t('title')}</WindowTitle>
      <FocusedHeading>{t('title')}</FocusedHeading>
      <p>{t('greeting', { firstName: account.firstName })}</p>
      {account.mailReturnedAt && (
        <Notice>
          {t('mailReturns')} <PageLink to="account/change-email">{changeEmail('title')}</PageLink>
        </Notice>
      )}
      <Section title={t('identity')}>
        <AccountDetails account={account} />
        <LoneWay to="account/details">{changeDetails('title')}</LoneWay>
        <LoneWay to="account/change-email">{changeEmail('title')}</LoneWay>
        <LoneWay to="account/username">{account.username ? t('changeUsername') : t('chooseUsername')}</LoneWay>
        <LoneWay to="account/rehearsal">{rehearsal('title')}</LoneWay>
      </Section>
      <Section title={t('password')}>
        <LoneWay to="account/change-password">{t('changePassword')}</LoneWay>
      </Section>
      <Section title={t('language')}>
        <LanguageForm words={languageWords} languages={languageNames} preset={locale} />
      </Section>
      <Sessions account={account} />
      <YourData />
      <Section title={t('leave')}>
        <p>{t('leaveText')}</p>
        <Actions forms>
          <ButtonForm action={logOut} words={await formWords({ submit: t('logOut') })} quiet />
          <ButtonForm action={logOutEverywhere} words={everywhereWords} quiet />
        </Actions>
      </Section>
      <Section title={t('close')}>
        <p>{t('closeText')}</p>
        <LoneWay to="account/close">{t('closeLink')}</LoneWay>
      </Section>
    </>
  )
}
