import { getLocale, getTranslations } from 'next-intl/server'
import { requireSession } from '@/lib/http/current-session'
import { formWords } from '@/lib/i18n/form-words'
import { UsernameForm } from './form'
import { RemoveUsernameForm } from './remove/form'

export default async function UsernamePage() {
  const locale = await getLocale()
  const session = await requireSession(locale)
  const { username } = session.account
  const t = await getTranslations('username')
  const words = await formWords({ title: t('title'), submit: t('submit') }, 'username')
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <UsernameForm words={words} current={username} />
      {username && (
        <section>
          <p>{t('removeText')}</p>
          <RemoveUsernameForm words={await formWords({ submit: t('remove') })} />
        </section>
      )}
      <ul className="ways">
        <li>
          <a href={`/${locale}/account`}>{t('back')}</a>
        </li>
      </ul>
    </>
  )
}
