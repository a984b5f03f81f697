import type { ReactNode } from 'react'

/** Name and page alone, for where nothing of the service can be asked: every page carries it, so the name is not drawn. */
export function PlainShell({ href, children }: { href: string; children: ReactNode }) {
  return (
    <div className="mx-auto min-h-dvh max-w-sheet">
      <header className="px-edge py-3">
        <a
          className="inline-flex min-h-11 items-center border-b-4 border-sun text-xl no-underline"
          href={href}
          translate="no"
        >
          Metamots
        </a>
      </header>
      {children}
    </div>
  )
}
