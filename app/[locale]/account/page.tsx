import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { FocusedHeading } from '@/app/components/focused-heading'
import { WindowTitle } from '@/app/components/window-title'
import { requireSession } from '@/lib/http/current-session'
import { formWords } from '@/lib/i18n/form-words'
import { languageNames } from '@/lib/i18n/language-names'
import { Browsers } from './browsers'
import { AccountDetails } from './details'
import { LanguageForm } from './language/form'
import { LogOutForm } from './log-out/form'
import { LogOutEverywhereForm } from './log-out-everywhere/form'
import { YourData } from './your-data'

export default async function AccountPage() {
  const locale = await getLocale()
  const session = await requireSession(locale)
  const { account } = session
  if (account.closesAt) redirect(`/${locale}/account/keep`)
  const t = await getTranslations('account')
  const changeEmail = await getTranslations('changeEmail')
  return (
    <>
      <WindowTitle>{t('title')}</WindowTitle>
      <FocusedHeading>{t('title')}</FocusedHeading>
      <p>{t('greeting', { firstName: account.firstName })}</p>
      <section>
        <h2>{t('identity')}</h2>
        <AccountDetails account={account} />
        <p className="way">
          <a href={`/${locale}/account/change-email`}>{changeEmail('title')}</a>
        </p>
        <p className="way">
          <a href={`/${locale}/account/username`}>{account.username ? t('changeUsername') : t('chooseUsername')}</a>
        </p>
      </section>
      <section>
        <h2>{t('password')}</h2>
        <p className="way">
          <a href={`/${locale}/account/change-password`}>{t('changePassword')}</a>
        </p>
      </section>
      <section>
        <h2>{t('language')}</h2>
        <LanguageForm
          words={await formWords({ submit: t('saveLanguage') }, 'locale')}
          languages={languageNames}
          preset={locale}
        />
      </section>
      <Browsers account={account} />
      <YourData />
      <section>
        <h2>{t('leave')}</h2>
        <p>{t('leaveText')}</p>
        <div className="actions">
          <LogOutForm words={await formWords({ submit: t('logOut') })} />
          <LogOutEverywhereForm words={await formWords({ submit: t('logOutEverywhere') })} />
        </div>
      </section>
      <section>
        <h2>{t('close')}</h2>
        <p>{t('closeText')}</p>
        <p className="way">
          <a href={`/${locale}/account/close`}>{t('closeLink')}</a>
        </p>
      </section>
    </>
  )
}
