import { getLocale } from 'next-intl/server'
import { NotFoundNotice } from '@/app/components/not-found-notice'
import { SitePage } from '@/app/components/site-page'

export default async function NotFound() {
  return (
    <SitePage locale={await getLocale()}>
      <NotFoundNotice />
    </SitePage>
  )
}
