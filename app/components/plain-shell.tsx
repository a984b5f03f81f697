import type { ReactNode } from 'react'

/** Head and page alone, for where nothing of the service can be asked. */
export function PlainShell({ head, children }: { head: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto min-h-dvh max-w-sheet">
      <header className="px-edge pt-3 sm:px-1 sm:pt-8 sm:pb-3">{head}</header>
      {children}
    </div>
  )
}
