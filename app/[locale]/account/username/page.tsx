import { getLocale, getTranslations } from 'next-intl/server'
import { ButtonForm } from '@/app/components/button-form'
import { FormPage } from '@/app/components/form-page'
import { Section } from '@/app/components/section'
import { Way, Ways } from '@/app/components/ways'
import { requireAccount } from '@/lib/http/current-account'
import { formWords } from '@/lib/words/form-words'
import { AccountFrame } from '../frame'
import { UsernameForm } from './form'
import { submit as removeUsername } from './remove/action'

export default async function UsernamePage() {
  const { username } = await requireAccount(await getLocale(), 'username')
  const t = await getTranslations('username')
  const words = await formWords({ title: t('title'), submit: t('submit') }, 'username')
  return (
    <AccountFrame at="security">
      <FormPage title={t('title')} intro={t('intro')}>
        <UsernameForm words={words} current={username} />
        {username && (
          <Section title={t('remove')}>
            <p>{t('removeText')}</p>
            <ButtonForm action={removeUsername} words={await formWords({ submit: t('remove') })} look="quiet" />
          </Section>
        )}
        <Ways>
          <Way to="account">{t('back')}</Way>
        </Ways>
      </FormPage>
    </AccountFrame>
  )
}
