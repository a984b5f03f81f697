import { getTranslations } from 'next-intl/server'

/** Where somebody comes whom an application sent here in a way that cannot be answered there. */
export default async function AppProblemPage() {
  const t = await getTranslations('appProblem')
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('text')}</p>
    </>
  )
}
