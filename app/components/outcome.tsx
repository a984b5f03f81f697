import type { ReactNode } from 'react'
import { FocusedHeading } from '@/app/components/focused-heading'
import { WindowTitle } from '@/app/components/window-title'

type Props = { title: string; texts: string[]; children: ReactNode }

/** A page that says how something went: its heading takes the focus, so that it is read out. `children`: what to do next. */
export function Outcome({ title, texts, children }: Props) {
  return (
    <>
      <WindowTitle>{title}</WindowTitle>
      <FocusedHeading>{title}</FocusedHeading>
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {children}
    </>
  )
}
