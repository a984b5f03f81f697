import { PageLink } from '@/app/components/page-link'

type Props = { label: string; links: { to: string; text: string; isCurrent: boolean }[] }

/** The sections of an account, beside them on a wide screen. */
export function SideList({ label, links }: Props) {
  return (
    <nav className="sticky top-8 hidden pt-4 md:block print:hidden" aria-label={label}>
      <ul className="flex flex-col gap-1">
        {links.map(({ to, text, isCurrent }) => (
          <li key={to}>
            <PageLink
              className="flex min-h-11 items-center rounded-lg border-s-4 border-transparent px-3 no-underline hover:bg-card aria-current:border-sun"
              to={to}
              aria-current={isCurrent || undefined}
            >
              {text}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
