import type { ComponentProps, ReactNode } from 'react'
import { PageLink } from '@/app/components/page-link'

const linkLook = 'inline-flex min-h-11 items-center'

/** Where else to go from here: a list below what the page is for, of `Way`s or plain items. */
export function Ways({ children }: { children: ReactNode }) {
  return (
    <ul className="flex flex-col border-t border-line pt-4 [&_a]:inline-flex [&_a]:min-h-11 [&_a]:items-center">
      {children}
    </ul>
  )
}

/** One way, with the question that it answers, if any, before its link. */
export function Way({ question, ...link }: ComponentProps<typeof PageLink> & { question?: string }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      {question ? `${question} ` : ''}
      <PageLink {...link} />
    </li>
  )
}

/** A way that belongs to what stands above it. */
export function LoneWay(link: ComponentProps<typeof PageLink>) {
  return (
    <p>
      <PageLink className={linkLook} {...link} />
    </p>
  )
}

/** A way that answers a question, which a telephone has no room for: there only screen readers say it. */
export function AnsweringWay({ question, ...link }: ComponentProps<typeof PageLink> & { question: string }) {
  return (
    <p className="-my-2 flex flex-wrap items-center gap-x-2">
      <span className="max-sm:sr-only">{question}</span> <PageLink className={linkLook} {...link} />
    </p>
  )
}

/** Leads to where one of the details is changed; what it is called is said to whom does not see the row. */
export function ChangeWay({ of, children, ...link }: ComponentProps<typeof PageLink> & { of: string }) {
  return (
    <PageLink className={linkLook} {...link}>
      {children} <span className="sr-only">{of}</span>
    </PageLink>
  )
}
