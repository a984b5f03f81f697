import { getTranslations } from 'next-intl/server'
import { Way } from '@/app/components/ways'

/** The same end to every page: the guide, and how accessible it all is. */
export async function SiteFooter() {
  const t = await getTranslations()
  return (
    <footer className="site-footer">
      <ul>
        <Way to="help">{t('help.title')}</Way>
        <Way to="accessibility">{t('accessibility.mention')}</Way>
      </ul>
    </footer>
  )
}
