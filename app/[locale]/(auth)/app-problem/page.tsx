import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { WindowTitle } from '@/app/components/window-title'
import { hasApps } from '@/lib/apps/apps'

/** Where somebody comes whom an application sent here in a way that cannot be answered there. */
export default async function AppProblemPage() {
  if (!hasApps()) notFound()
  const t = await getTranslations('appProblem')
  return (
    <>
      <WindowTitle>{t('title')}</WindowTitle>
      <h1>{t('title')}</h1>
      <p>{t('text')}</p>
    </>
  )
}
