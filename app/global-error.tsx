'use client'

import { usePathname, useServerInsertedHTML } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Crash, keepCrashWords, keptCrashWords } from '@/app/components/crash'
import { PlainShell } from '@/app/components/plain-shell'
import { takeFailure } from '@/lib/http/failed-requests'
import type { CrashWords } from '@/lib/words/crash-words'
import './globals.css'

/** For a page that failed: what was typed into its form comes back when it is loaded again. */
export default function SiteError({ error: { digest } }: { error: Error & { digest?: string } }) {
  const path = usePathname()
  const [words, setWords] = useState(keptCrashWords)
  useEffect(() => {
    // Nothing of the page came but what draws this: its words come by themselves.
    if (!words)
      import('@/lib/words/crash-words').then(({ crashWords, localeIn }) => setWords(crashWords(localeIn(path))))
  }, [words, path])
  if (!words) return null
  const { locale, dir, title } = words
  return (
    <html lang={locale} dir={dir}>
      <body>
        <title>{title}</title>
        <PlainShell href={`/${locale}/login`}>
          <Crash words={words} reference={digest} />
        </PlainShell>
      </body>
    </html>
  )
}

/** The framework answers a failure with scripts alone, which draw the page of `global-error.tsx`: without them it is this. */
export function ScriptlessCrash({ request, words }: { request: string; words: CrashWords }) {
  keepCrashWords(words)
  useServerInsertedHTML(() => {
    // No browser asks: so none needs to know how it is done.
    if (typeof window !== 'undefined') return null
    const reference = takeFailure(request)
    return reference === null ? null : (
      <noscript>
        <Crash words={words} reference={reference} />
      </noscript>
    )
  })
  return null
}
