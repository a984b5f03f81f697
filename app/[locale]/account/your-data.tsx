import { getTranslations } from 'next-intl/server'
import { Section } from '@/app/components/section'
import { LoneWay } from '@/app/components/ways'

export async function YourData() {
  const t = await getTranslations('yourData')
  return (
    <Section title={t('title')}>
      <p>{t('text')}</p>
      <LoneWay to="account/export">{t('download')}</LoneWay>
    </Section>
  )
}
