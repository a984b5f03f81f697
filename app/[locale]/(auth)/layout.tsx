import type { ReactNode } from 'react'
import { Shell } from '@/app/components/shell'

export default function VisitorLayout({ children }: { children: ReactNode }) {
  return <Shell pane>{children}</Shell>
}
