import type { ReactNode } from 'react'

export function Notice({ children }: { children: ReactNode }) {
  return <p className="rounded-lg border-s-4 border-sun bg-tint p-4">{children}</p>
}
