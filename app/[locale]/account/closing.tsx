import { getTranslations } from 'next-intl/server'
import { Actions, ButtonLink } from '@/app/components/actions'
import { Section } from '@/app/components/section'

export async function Closing() {
  const t = await getTranslations('account')
  return (
    <Section title={t('close')} danger>
      <p>{t('closeText')}</p>
      <Actions>
        <ButtonLink to="account/close" look="danger">
          {t('closeLink')}
        </ButtonLink>
      </Actions>
    </Section>
  )
}
