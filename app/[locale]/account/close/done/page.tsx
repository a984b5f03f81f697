import { getTranslations } from 'next-intl/server'
import { Actions, ButtonLink } from '@/app/components/actions'
import { LocalMailbox } from '@/app/components/local-mailbox'
import { Outcome } from '@/app/components/outcome'
import { closingGraceSeconds } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'
import { AccountFrame } from '../../frame'

export default async function CloseAccountDonePage() {
  const t = await getTranslations('closeDone')
  const duration = await durationInWords(closingGraceSeconds)
  return (
    <AccountFrame at="data">
      <Outcome drawing="done" title={t('title')} texts={[t('text', { duration }), t('mail')]}>
        <LocalMailbox />
        <Actions>
          <ButtonLink to="login" look="quiet">
            {t('logIn')}
          </ButtonLink>
        </Actions>
      </Outcome>
    </AccountFrame>
  )
}
