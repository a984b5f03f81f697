import { getLocale, getTranslations } from 'next-intl/server'
import { Outcome } from '@/app/components/outcome'

export default async function ResetPasswordDonePage() {
  const locale = await getLocale()
  const t = await getTranslations('resetDone')
  return (
    <Outcome title={t('title')}>
      <p>{t('text')}</p>
      <p>{t('elsewhere')}</p>
      <p className="actions">
        <a className="button button-primary" href={`/${locale}/login`}>
          {t('logIn')}
        </a>
      </p>
    </Outcome>
  )
}
