import { getLocale, getTranslations } from 'next-intl/server'
import { Outcome } from '@/app/components/outcome'
import { requireSession } from '@/lib/http/current-session'

export default async function UsernameDonePage() {
  const locale = await getLocale()
  const session = await requireSession(locale)
  const { username } = session.account
  const t = await getTranslations('usernameDone')
  return (
    <Outcome title={t('title')}>
      <p>{username ? t('saved', { username: `\u2068${username}\u2069` }) : t('removed')}</p>
      <p className="actions">
        <a className="button button-primary" href={`/${locale}/account`}>
          {t('back')}
        </a>
      </p>
    </Outcome>
  )
}
