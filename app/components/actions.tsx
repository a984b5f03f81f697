import type { ReactNode } from 'react'
import { type ButtonLook, buttonLook } from '@/app/components/button-look'
import { PageLink } from '@/app/components/page-link'

/** What to do next, as a column of buttons. Forms do not fit into a paragraph, so theirs says `forms`. */
export function Actions({ forms = false, children }: { forms?: boolean; children: ReactNode }) {
  const Column = forms ? 'div' : 'p'
  return <Column className="flex flex-col gap-2 sm:flex-row sm:flex-wrap print:hidden">{children}</Column>
}

/** A link to a page that looks like a button. */
export function ButtonLink({ to, look, children }: { to: string; look?: ButtonLook; children: ReactNode }) {
  return (
    <PageLink className={buttonLook(look)} to={to}>
      {children}
    </PageLink>
  )
}
