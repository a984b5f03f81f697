import type { ReactNode } from 'react'
import { Drawing, type DrawingName } from '@/app/components/drawing'
import { FocusedHeading } from '@/app/components/focused-heading'
import { WindowTitle } from '@/app/components/window-title'

type Props = { title: string; texts: string[]; drawing?: DrawingName | null; above?: ReactNode; children: ReactNode }

/** A page that says how something went: its heading takes the focus, so that it is read out. `children`: what to do next. */
export function Outcome({ title, texts, drawing, above, children }: Props) {
  return (
    <>
      <WindowTitle>{title}</WindowTitle>
      {above}
      {drawing && <Drawing of={drawing} />}
      <FocusedHeading>{title}</FocusedHeading>
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {children}
    </>
  )
}
