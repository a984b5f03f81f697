import type { ReactNode } from 'react'
import { FocusedHeading } from '@/app/components/focused-heading'
import { WindowTitle } from '@/app/components/window-title'

/** A page that says how something went: its heading takes the focus, so that it is read out. */
export function Outcome({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <WindowTitle>{title}</WindowTitle>
      <FocusedHeading>{title}</FocusedHeading>
      {children}
    </>
  )
}
