import { getTranslations } from 'next-intl/server'
import { Way } from '@/app/components/ways'

/** To the guide, for whoever lost the password. */
export async function HelpWay() {
  const t = await getTranslations('help')
  return <Way to="help">{t('title')}</Way>
}
