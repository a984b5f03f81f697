import { getLocale, getTranslations } from 'next-intl/server'
import { WindowTitle } from '@/app/components/window-title'

export async function NotFoundNotice() {
  const locale = await getLocale()
  const t = await getTranslations('notFound')
  return (
    <>
      <WindowTitle>{t('title')}</WindowTitle>
      <h1>{t('title')}</h1>
      <p>{t('text')}</p>
      <p className="actions">
        <a className="button button-primary" href={`/${locale}/login`}>
          {t('logIn')}
        </a>
      </p>
    </>
  )
}
