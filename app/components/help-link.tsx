import { getLocale, getTranslations } from 'next-intl/server'

/** To the guide, for whoever lost the password. */
export async function HelpLink() {
  const locale = await getLocale()
  const t = await getTranslations('help')
  return <a href={`/${locale}/help`}>{t('title')}</a>
}
