import type { ComponentProps, ReactNode } from 'react'
import { PageLink } from '@/app/components/page-link'

/** Where else to go from here: a list below what the page is for, of `Way`s or plain items. */
export function Ways({ children }: { children: ReactNode }) {
  return <ul className="ways">{children}</ul>
}

/** One way, with the question that it answers, if any, before its link. */
export function Way({ question, ...link }: ComponentProps<typeof PageLink> & { question?: string }) {
  return (
    <li>
      {question && `${question} `}
      <PageLink {...link} />
    </li>
  )
}

/** A way that belongs to what stands above it. */
export function LoneWay(link: ComponentProps<typeof PageLink>) {
  return (
    <p className="way">
      <PageLink {...link} />
    </p>
  )
}
