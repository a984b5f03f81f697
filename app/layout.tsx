import type { ReactNode } from 'react'
import './globals.css'

/** A nonce per request is in the scripts of every page: none may be rendered ahead of it. */
export const dynamic = 'force-dynamic'

export default function RootLayout({ children }: { children: ReactNode }) {
  return children
}
