import type { ReactNode } from 'react'
import { Shell } from '@/app/components/shell'

export default function PlainLayout({ children }: { children: ReactNode }) {
  return <Shell>{children}</Shell>
}
