import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { FocusedHeading } from '@/app/components/focused-heading'
import { Notice } from '@/app/components/notice'
import { PageLink } from '@/app/components/page-link'
import { Section } from '@/app/components/section'
import { LoneWay } from '@/app/components/ways'
import { WindowTitle } from '@/app/components/window-title'
import { requireAccount } from '@/lib/http/current-account'
import { languageNames } from '@/lib/i18n/language-names'
import { formWords } from '@/lib/words/form-words'
import { Closing } from './closing'
import { AccountFrame } from './frame'
import { LanguageForm } from './language/form'
import { Profile } from './profile'
import { Security } from './security'
import { Sessions } from './sessions'

export default async function AccountPage() {
  const locale = await getLocale()
  const account = await requireAccount(locale)
  if (account.closesAt) redirect(`/${locale}/account/keep`)
  const t = await getTranslations('account')
  const changeEmail = await getTranslations('changeEmail')
  const yourData = await getTranslations('yourData')
  return (
    <AccountFrame>
      <WindowTitle>{t('title')}</WindowTitle>
      <FocusedHeading>{t('title')}</FocusedHeading>
      <p>{t('greeting', { firstName: account.firstName })}</p>
      {account.mailReturnedAt && (
        <Notice>
          {t('mailReturns')} <PageLink to="account/change-email">{changeEmail('title')}</PageLink>
        </Notice>
      )}
      <Profile account={account} />
      <Security account={account} />
      <Sessions account={account} />
      <Section id="language" title={t('language')}>
        <LanguageForm
          words={await formWords({ submit: t('saveLanguage') }, 'locale')}
          languages={languageNames}
          preset={locale}
        />
      </Section>
      <Section id="data" title={yourData('title')}>
        <p>{yourData('text')}</p>
        <LoneWay to="account/export">{yourData('download')}</LoneWay>
      </Section>
      <Closing />
    </AccountFrame>
  )
}
