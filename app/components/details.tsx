import type { ReactNode } from 'react'

/** A term, what it stands for, and where that is changed. */
export type Detail = readonly [term: string, value: ReactNode, change?: ReactNode]

/** Terms, each with what it stands for, in rows. */
export function Details({ details }: { details: readonly Detail[] }) {
  return (
    <dl className="divide-y divide-line">
      {details.map(([term, value, change]) => (
        <div
          key={term}
          className="grid min-h-14 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2 py-1 sm:grid-cols-[10rem_minmax(0,1fr)_auto]"
        >
          <dt className="col-span-full text-sm text-soft sm:col-span-1">{term}</dt>
          <dd className="font-semibold">{value}</dd>
          {change && <dd>{change}</dd>}
        </div>
      ))}
    </dl>
  )
}
