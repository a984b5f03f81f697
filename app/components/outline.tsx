import type { ReactNode } from 'react'

type Props = { id: string; title: string; links: (readonly [to: string, text: string])[]; children?: ReactNode }

/** A table of contents. */
export function Outline({ id, title, links, children }: Props) {
  return (
    <nav
      className="flex flex-col print:hidden [&_a]:inline-flex [&_a]:min-h-11 [&_a]:items-center"
      aria-labelledby={id}
    >
      <h2 id={id}>{title}</h2>
      <ol className="list-decimal ps-6">
        {links.map(([to, text]) => (
          <li key={to}>
            <a href={`#${to}`}>{text}</a>
          </li>
        ))}
      </ol>
      {children}
    </nav>
  )
}
