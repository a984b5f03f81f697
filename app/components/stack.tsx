import type { ReactNode } from 'react'

/** Things of one kind, close together. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-1">{children}</div>
}
