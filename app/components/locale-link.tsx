'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import type { ComponentProps } from 'react'

/** This page in a language. A plain link: a new document, so that nothing of the other language stays behind. */
export function LocaleLink({ lang, ...attributes }: ComponentProps<'a'>) {
  const [, page = 'login'] = usePathname().match(/^\/[a-z]{2}\/(.*)/) ?? []
  const query = useSearchParams().toString()
  return <a {...attributes} lang={lang} hrefLang={lang} href={`/${lang}/${page}${query && `?${query}`}`} />
}
