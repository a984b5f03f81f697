import { getLocale, getTranslations } from 'next-intl/server'
import { HelpLink } from '@/app/components/help-link'

/** The same end to every page: the guide, and how accessible it all is. */
export async function SiteFooter() {
  const locale = await getLocale()
  const t = await getTranslations('accessibility')
  return (
    <footer className="site-footer">
      <ul>
        <li>
          <HelpLink />
        </li>
        <li>
          <a href={`/${locale}/accessibility`}>{t('mention')}</a>
        </li>
      </ul>
    </footer>
  )
}
