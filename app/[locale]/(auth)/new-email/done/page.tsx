import { getLocale, getTranslations } from 'next-intl/server'
import { Outcome } from '@/app/components/outcome'

export default async function NewEmailDonePage() {
  const locale = await getLocale()
  const t = await getTranslations('newEmailDone')
  return (
    <Outcome title={t('title')}>
      <p>{t('text')}</p>
      <p>{t('told')}</p>
      <p className="actions">
        <a className="button button-primary" href={`/${locale}/account`}>
          {t('toAccount')}
        </a>
      </p>
    </Outcome>
  )
}
