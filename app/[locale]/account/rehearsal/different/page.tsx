import { getLocale, getTranslations } from 'next-intl/server'
import { Actions, ButtonLink } from '@/app/components/actions'
import { Outcome } from '@/app/components/outcome'
import { Way, Ways } from '@/app/components/ways'
import { requireAccount } from '@/lib/http/current-account'
import { AccountFrame } from '../../frame'

export default async function RehearsalDifferentPage() {
  await requireAccount(await getLocale())
  const t = await getTranslations('rehearsalDifferent')
  const account = await getTranslations('account')
  return (
    <AccountFrame at="profile">
      <Outcome title={t('title')} texts={[t('text'), t('hint', { account: account('title') })]}>
        <Actions>
          <ButtonLink to="account/details">{t('correct')}</ButtonLink>
          <ButtonLink to="account/rehearsal" look="quiet">
            {t('again')}
          </ButtonLink>
        </Actions>
        <Ways>
          <Way to="account">{t('back')}</Way>
        </Ways>
      </Outcome>
    </AccountFrame>
  )
}
