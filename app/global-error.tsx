'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Crash, keptCrashWords } from '@/app/components/crash'
import { PlainShell } from '@/app/components/plain-shell'
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
