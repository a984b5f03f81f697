import type { ReactNode } from 'react'

type Props = {
  title: string
  /** By what a list of sections leads here. */
  id?: string
  /** Set apart from all the rest: what it leads to cannot be undone. */
  danger?: boolean
  children: ReactNode
}

export function Section({ title, id, danger = false, children }: Props) {
  return (
    <section
      id={id}
      aria-labelledby={id && `${id}-title`}
      className={`flex flex-col gap-4 ${danger ? 'rounded-2xl border-2 border-wrong p-4 sm:p-6' : 'border-t border-line pt-6'}`}
    >
      <h2 id={id && `${id}-title`}>{title}</h2>
      {children}
    </section>
  )
}
