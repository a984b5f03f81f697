'use client'

import { usePathname, useServerInsertedHTML } from 'next/navigation'
import { Crash } from '@/app/components/crash'
import { takeFailure } from '@/lib/http/failed-requests'

/** The framework answers a failure with scripts alone, which draw the page of `global-error.tsx`: without them it is this. */
export function ScriptlessCrash({ request }: { request: string }) {
  const path = usePathname()
  useServerInsertedHTML(() => {
    const reference = takeFailure(request)
    return reference === null ? null : (
      <noscript>
        <Crash path={path} reference={reference} />
      </noscript>
    )
  })
  return null
}
