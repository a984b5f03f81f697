import { defaultLocale, isLocale, type Locale } from '@/lib/i18n/locales'

/** For whoever reads none of our languages. */
const foreignLocale: Locale = 'en'

/** As much as browsers send. What anybody else sends costs no more. */
const most = { characters: 500, entries: 20 }

/**
 * The language of ours that a browser asks for first, by its `Accept-Language`. Where it asks for others only, English; where
 * it asks for none, the default one.
 */
export function preferredLocale(acceptLanguage: string | null): Locale {
  const entries = (acceptLanguage ?? '').slice(0, most.characters).split(',', most.entries)
  const asked = entries.map((entry) => {
    const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim())
    const quality = parameters.find((parameter) => /^q\s*=/i.test(parameter))?.split('=')[1]
    return { language: languageOf(tag), weight: Number(quality ?? 1) }
  })
  const wanted = asked.filter(({ language, weight }) => language && weight > 0).sort((a, b) => b.weight - a.weight)
  const best = wanted.map(({ language }) => language).find(isLocale)
  return best ?? (wanted.length > 0 ? foreignLocale : defaultLocale)
}

/** Without its region and script, and by its usual code: `pt` of `pt-BR` and of `por`; nothing of `*` and of what is no tag. */
function languageOf(tag: string): string | null {
  if (!/^[a-z]{2,3}(?:-[a-z\d]{1,8})*$/i.test(tag)) return null
  try {
    return new Intl.Locale(tag).language
  } catch {
    return null
  }
}
