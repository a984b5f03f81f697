import { getTranslations } from 'next-intl/server'
import { Actions } from '@/app/components/actions'
import { buttonLook } from '@/app/components/button-look'
import { PageLink } from '@/app/components/page-link'
import { webmailOf } from '@/app/components/webmail'
import { type SentPage, typedEmail } from '@/lib/http/typed-email'

/** The e-mail that was typed into the form before this page, so that a slip in it is seen and mended, and where its mails are read. */
export async function TypedEmail({ page }: { page: SentPage }) {
  const email = await typedEmail(page)
  if (email === null) return null
  const t = await getTranslations('site')
  const webmail = webmailOf(email)
  return (
    <>
      <p>
        {t('typedEmail')}{' '}
        <strong>
          <bdi dir="ltr" translate="no">
            {email}
          </bdi>
        </strong>{' '}
        <PageLink className="whitespace-nowrap" to={page}>
          {t('correctEmail')}
        </PageLink>
      </p>
      {webmail && (
        <Actions>
          <a className={buttonLook('quiet')} href={webmail.url} rel="noreferrer">
            {t('openWebmail', { name: webmail.name })}
          </a>
        </Actions>
      )}
    </>
  )
}
