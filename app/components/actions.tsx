import type { ReactNode } from 'react'
import { PageLink } from '@/app/components/page-link'

/** What to do next, as a column of buttons. Forms do not fit into a paragraph, so theirs says `forms`. */
export function Actions({ forms = false, children }: { forms?: boolean; children: ReactNode }) {
  const Column = forms ? 'div' : 'p'
  return <Column className="actions">{children}</Column>
}

/** A link to a page that looks like a button. */
export function ButtonLink({ to, quiet = false, children }: { to: string; quiet?: boolean; children: ReactNode }) {
  return (
    <PageLink className={quiet ? 'button' : 'button button-primary'} to={to}>
      {children}
    </PageLink>
  )
}
