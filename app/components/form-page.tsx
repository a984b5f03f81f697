import type { ReactNode } from 'react'

/** A page about one form, which names the window. */
export function FormPage({ title, intro, children }: { title: string; intro: string; children: ReactNode }) {
  return (
    <>
      <h1>{title}</h1>
      <p>{intro}</p>
      {children}
    </>
  )
}
