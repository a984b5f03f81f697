import type { ReactNode } from 'react'

/** A page about one form, which names the window. `above`: how far it is on a longer way. */
export function FormPage({
  title,
  intro,
  above,
  children,
}: {
  title: string
  intro: string
  above?: ReactNode
  children: ReactNode
}) {
  return (
    <>
      {above}
      <h1>{title}</h1>
      <p>{intro}</p>
      {children}
    </>
  )
}
