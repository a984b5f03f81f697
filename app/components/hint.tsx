import type { ReactNode } from 'react'

/** What stands below something and explains it. */
export function Hint({ children }: { children: ReactNode }) {
  return <p className="text-sm text-soft">{children}</p>
}
