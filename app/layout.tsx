import type { Viewport } from 'next'
import { headers } from 'next/headers'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Locale } from '@/lib/i18n/locales'
import { crashWords } from '@/lib/words/crash-words'
import { ScriptlessCrash } from './global-error'
import './globals.css'

/** A nonce per request is in the scripts of every page: none may be rendered ahead of it. */
export const dynamic = 'force-dynamic'

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#202024' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <ScriptlessCrash
        request={(await headers()).get('x-request-id') ?? ''}
        words={crashWords((await getLocale()) as Locale)}
      />
      {children}
    </>
  )
}
