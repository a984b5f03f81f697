import { getLocale, getTranslations } from 'next-intl/server'
import { Outcome } from '@/app/components/outcome'
import { requireSession } from '@/lib/http/current-session'

export default async function ChangePasswordDonePage() {
  const locale = await getLocale()
  await requireSession(locale)
  const t = await getTranslations('changePasswordDone')
  return (
    <Outcome title={t('title')}>
      <p>{t('text')}</p>
      <p className="actions">
        <a className="button button-primary" href={`/${locale}/account`}>
          {t('back')}
        </a>
      </p>
    </Outcome>
  )
}
