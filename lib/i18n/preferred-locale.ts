import { defaultLocale, isLocale, type Locale } from '@/lib/i18n/locales'

/** The language of ours that a browser asks for first, by its `Accept-Language`; else the default one. */
export function preferredLocale(acceptLanguage: string | null): Locale {
  const asked = (acceptLanguage ?? '').split(',').map((entry) => {
    const [tag = '', ...parameters] = entry.trim().split(';')
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))?.split('=')[1]
    return { language: tag.split('-')[0]?.toLowerCase(), weight: Number(quality ?? 1) }
  })
  const [best] = asked
    .filter(({ language, weight }) => isLocale(language) && weight > 0)
    .sort((a, b) => b.weight - a.weight)
  return isLocale(best?.language) ? best.language : defaultLocale
}
