import { getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { Way, Ways } from '@/app/components/ways'
import { formWords } from '@/lib/words/form-words'
import { ResendForm } from './form'

export default async function ResendPage() {
  const t = await getTranslations('resend')
  return (
    <FormPage title={t('title')} intro={t('intro')}>
      <ResendForm words={await formWords({ title: t('title'), submit: t('submit') }, 'email')} />
      <Ways>
        <Way to="login">{t('logIn')}</Way>
        <Way to="signup">{t('signUp')}</Way>
      </Ways>
    </FormPage>
  )
}
