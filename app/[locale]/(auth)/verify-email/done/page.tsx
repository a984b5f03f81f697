import { getLocale, getTranslations } from 'next-intl/server'
import { Outcome } from '@/app/components/outcome'

export default async function VerifyEmailDonePage() {
  const locale = await getLocale()
  const t = await getTranslations('verifyDone')
  return (
    <Outcome title={t('title')}>
      <p>{t('text')}</p>
      <p className="actions">
        <a className="button button-primary" href={`/${locale}/login`}>
          {t('logIn')}
        </a>
      </p>
    </Outcome>
  )
}
