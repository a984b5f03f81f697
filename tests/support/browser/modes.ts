import type { Locale } from '@/lib/i18n/locales'
import { test } from '@/tests/support/browser/test'
import { sampleOf } from '@/tests/support/sample'

export type Mode = { locale: Locale; scripts: boolean; name: string }

/** Declares tests in French and English, with and without JavaScript; `name` tells them apart in titles. */
export function inEveryMode(declare: (mode: Mode) => void): void {
  for (const locale of ['fr', 'en'] as const) withAndWithoutScripts(locale, declare)
}

/** Declares tests with and without JavaScript, in one language; in a sample one way or the other, by what is declared. */
export function withAndWithoutScripts(locale: Locale, declare: (mode: Mode) => void): void {
  const turn = `${locale}${declare}`.length + (locale === 'fr' ? 1 : 0)
  for (const scripts of sampleOf([true, false], turn)) {
    test.describe(() => {
      test.use({ javaScriptEnabled: scripts })
      declare({ locale, scripts, name: `in ${locale} ${scripts ? 'with' : 'without'} JavaScript` })
    })
  }
}
