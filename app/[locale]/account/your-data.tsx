import { getLocale, getTranslations } from 'next-intl/server'

export async function YourData() {
  const locale = await getLocale()
  const t = await getTranslations('yourData')
  return (
    <section>
      <h2>{t('title')}</h2>
      <p>{t('text')}</p>
      <p className="way">
        <a href={`/${locale}/account/export`} download>
          {t('download')}
        </a>
      </p>
    </section>
  )
}
