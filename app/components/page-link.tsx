import { useLocale } from 'next-intl'
import type { ComponentProps } from 'react'

type Props = Omit<ComponentProps<'a'>, 'href'> & {
  /** The path of a page without its language: `account/close`. */
  to: string
}

/** A link to a page of ours, in the language of the request. */
export function PageLink({ to, ...link }: Props) {
  return <a {...link} href={`/${useLocale()}/${to}`} />
}
