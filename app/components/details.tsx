import type { ReactNode } from 'react'

/** A term, what it stands for, and where that is changed. */
export type Detail = readonly [term: string, value: ReactNode, change?: ReactNode]

/** Terms, each with what it stands for, in rows. */
export function Details({ details }: { details: readonly Detail[] }) {
  return (
    <dl className="divide-y divide-line">
      {details.map(([term, value, change]) => (
        <div key={term} className="flex min-h-14 flex-wrap items-center gap-x-4 py-1">
          <dt className="w-full text-sm text-soft sm:w-40">{term}</dt>
          <dd className="min-w-0 max-w-full grow font-semibold">{value}</dd>
          {change && <dd>{change}</dd>}
        </div>
      ))}
    </dl>
  )
}
