import { getLocale, getTranslations } from 'next-intl/server'
import { Details } from '@/app/components/details'
import { Section } from '@/app/components/section'
import { regionalTag } from '@/lib/i18n/regional-tag'
import { audit } from './audit'

export async function Results() {
  const t = await getTranslations('accessibility')
  const { conform, notApplicable, notConform } = audit
  const percent = new Intl.NumberFormat(regionalTag(await getLocale()), { style: 'percent' })
  const figures = [
    [t('conform'), conform],
    [t('notApplicable'), notApplicable],
    [t('notConform'), notConform],
  ]
  return (
    <Section title={t('results')}>
      <p>
        {t('resultsText', {
          rate: percent.format(conform / (conform + notConform)),
          total: conform + notApplicable + notConform,
        })}
      </p>
      <Details details={figures} />
      <p>{t('beyond')}</p>
    </Section>
  )
}
