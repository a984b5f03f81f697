import { getLocale, getTranslations } from 'next-intl/server'
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
    <section>
      <h2>{t('results')}</h2>
      <p>
        {t('resultsText', {
          rate: percent.format(conform / (conform + notConform)),
          total: conform + notApplicable + notConform,
        })}
      </p>
      <dl className="details">
        {figures.map(([term, count]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      <p>{t('beyond')}</p>
    </section>
  )
}
