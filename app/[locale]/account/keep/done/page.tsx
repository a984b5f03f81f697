import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Outcome } from '@/app/components/outcome'
import { requireSession } from '@/lib/http/current-session'

export default async function KeepAccountDonePage() {
  const locale = await getLocale()
  const session = await requireSession(locale)
  if (session.account.closesAt) redirect(`/${locale}/account/keep`)
  const t = await getTranslations('keepDone')
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
