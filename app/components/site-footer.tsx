import { getTranslations } from 'next-intl/server'
import { HelpWay } from '@/app/components/help-way'
import { Way } from '@/app/components/ways'

/** The same end to every page: the guide, and how accessible it all is. */
export async function SiteFooter() {
  const t = await getTranslations('accessibility')
  return (
    <footer className="site-footer">
      <ul>
        <HelpWay />
        <Way to="accessibility">{t('mention')}</Way>
      </ul>
    </footer>
  )
}
