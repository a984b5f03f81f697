import { getLocale, getTranslations } from 'next-intl/server'
import { Actions, ButtonLink } from '@/app/components/actions'
import { Drawing } from '@/app/components/drawing'
import { Shell } from '@/app/components/shell'
import { SitePage } from '@/app/components/site-page'
import { Support } from '@/app/components/support'
import { WindowTitle } from '@/app/components/window-title'
import './globals.css'

/** As with every page: the nonce of its scripts is made for each request. */
export const dynamic = 'force-dynamic'

export default async function GlobalNotFound() {
  const t = await getTranslations('notFound')
  return (
    <SitePage locale={await getLocale()}>
      <Shell pane>
        <WindowTitle>{t('title')}</WindowTitle>
        <Drawing of="broken" />
        <h1>{t('title')}</h1>
        <p>{t('text')}</p>
        <Actions>
          <ButtonLink to="login">{t('logIn')}</ButtonLink>
        </Actions>
        <Support />
      </Shell>
    </SitePage>
  )
}
