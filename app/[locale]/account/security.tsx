import { getTranslations } from 'next-intl/server'
import { Details } from '@/app/components/details'
import { Section } from '@/app/components/section'
import { ChangeWay } from '@/app/components/ways'
import type { SessionAccount } from '@/lib/accounts/sessions'
import { shownEmail } from '@/lib/shown-email'

/** What somebody signs in with. */
export async function Security({ account: { email, username } }: { account: SessionAccount }) {
  const t = await getTranslations('account')
  const leftToRight = (text: string) => <bdi dir="ltr">{text}</bdi>
  const change = (to: string, of: string) => (
    <ChangeWay to={`account/${to}`} of={of}>
      {t('edit')}
    </ChangeWay>
  )
  return (
    <Section id="security" title={t('security')}>
      <Details
        details={[
          [t('email'), leftToRight(shownEmail(email)), change('change-email', t('email'))],
          [t('username'), username ? leftToRight(username) : t('none'), change('username', t('username'))],
          [t('password'), '••••••••', change('change-password', t('password'))],
        ]}
      />
    </Section>
  )
}
