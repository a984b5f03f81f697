import { getTranslations } from 'next-intl/server'

/** The title of a window: the page first, then the product. */
export async function windowTitle(title: string): Promise<string> {
  const t = await getTranslations('site')
  return t('windowTitle', { title })
}
