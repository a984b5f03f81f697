import type { ReactNode } from 'react'

/** Name and page alone, for where nothing of the service can be asked: every page carries it, so the name is not drawn. */
export function PlainShell({ href, children }: { href: string; children: ReactNode }) {
  return (
    <div className="plain">
      <header>
        <a href={href} translate="no">
          Metamots
        </a>
      </header>
      {children}
    </div>
  )
}
