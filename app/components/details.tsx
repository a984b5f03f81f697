import type { ReactNode } from 'react'

type Props = { details: readonly (readonly [string, ReactNode])[]; dir?: 'auto' }

/** Terms, each with what it stands for. */
export function Details({ details, dir }: Props) {
  return (
    <dl className="details">
      {details.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd dir={dir}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
