'use client'

import { useServerInsertedHTML } from 'next/navigation'
import { Crash, keepCrashWords } from '@/app/components/crash'
import { takeFailure } from '@/lib/http/failed-requests'
import type { CrashWords } from '@/lib/words/crash-words'

/** The framework answers a failure with scripts alone, which draw the page of `global-error.tsx`: without them it is this. */
export function ScriptlessCrash({ request, words }: { request: string; words: CrashWords }) {
  keepCrashWords(words)
  useServerInsertedHTML(() => {
    const reference = takeFailure(request)
    return reference === null ? null : (
      <noscript>
        <Crash words={words} reference={reference} />
      </noscript>
    )
  })
  return null
}
