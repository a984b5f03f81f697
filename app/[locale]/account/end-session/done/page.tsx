import { getLocale, getTranslations } from 'next-intl/server'
import { Actions, ButtonLink } from '@/app/components/actions'
import { Outcome } from '@/app/components/outcome'
import { requireAccount } from '@/lib/http/current-account'
import { AccountFrame } from '../../frame'

export default async function EndSessionDonePage() {
  await requireAccount(await getLocale())
  const t = await getTranslations('endSessionDone')
  return (
    <AccountFrame at="devices">
      <Outcome drawing="done" title={t('title')} texts={[t('text')]}>
        <Actions>
          <ButtonLink to="account">{t('back')}</ButtonLink>
          <ButtonLink to="account/change-password" look="quiet">
            {t('changePassword')}
          </ButtonLink>
        </Actions>
      </Outcome>
    </AccountFrame>
  )
}
