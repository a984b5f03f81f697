import { getTranslations } from 'next-intl/server'
import { type SentPage, typedEmail } from '@/lib/http/typed-email'

/** The e-mail that was typed into the form before this page, so that a slip in it is seen. */
export async function TypedEmail({ page }: { page: SentPage }) {
  const email = await typedEmail(page)
  if (email === null) return null
  const t = await getTranslations('site')
  return (
    <p>
      {t('typedEmail')}{' '}
      <strong>
        <bdi dir="ltr" translate="no">
          {email}
        </bdi>
      </strong>
    </p>
  )
}
