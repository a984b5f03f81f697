import { getTranslations } from 'next-intl/server'
import { Details } from '@/app/components/details'
import { Section } from '@/app/components/section'
import { audit } from './audit'

export async function Results() {
  const t = await getTranslations('accessibility')
  const { conform, notApplicable, notConform } = audit
  const figures: [string, number][] = [
    [t('conform'), conform],
    [t('notApplicable'), notApplicable],
    [t('notConform'), notConform],
  ]
  return (
    <Section title={t('results')}>
      <p>{t('resultsText', { total: conform + notApplicable + notConform })}</p>
      <Details details={figures} />
      <p>{t('beyond')}</p>
    </Section>
  )
}
