import type { HelpStep, HelpPicture as Picture } from '@/app/[locale]/help/steps'
import type { Locale } from '@/lib/i18n/locales'

type Props = { locale: Locale; step: HelpStep; text: string }

/** A page as it is in the reader's language, dark for who reads dark; paper is light. Made by `npm run help:pictures`. */
export async function HelpPicture({ locale, step, text }: Props) {
  const { width, height } = (await picturesIn(locale))[step]
  const file = (scheme: string) => `/help/${locale}/${step}-${scheme}.webp`
  return (
    <picture>
      <source srcSet={file('dark')} media="screen and (prefers-color-scheme: dark)" />
      <img src={file('light')} alt={text} width={width} height={height} loading="lazy" />
    </picture>
  )
}

async function picturesIn(locale: Locale): Promise<Record<HelpStep, Picture>> {
  return (await import(`./pictures/${locale}.json`)).default
}
