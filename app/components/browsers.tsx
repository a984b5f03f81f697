import type { ReactNode } from 'react'

/** Where somebody is signed in: one row each. */
export function Browsers({ children }: { children: ReactNode }) {
  return <ul className="divide-y divide-line">{children}</ul>
}

type Props = { id: string; name: string; mark: string | false; facts: string[]; children: ReactNode }

export function Browser({ id, name, mark, facts, children }: Props) {
  return (
    <li
      className="flex min-h-14 flex-wrap items-center justify-between gap-2 py-2 [&_button]:min-h-11 [&_button]:min-w-0"
      data-browser=""
    >
      <div id={id}>
        <strong>{name}</strong>{' '}
        {mark && (
          <span className="inline-block rounded-sm bg-sun px-2 text-sm font-semibold text-on-sun forced-color-adjust-none">
            {mark}
          </span>
        )}
        {facts.map((fact) => (
          <p key={fact} className="text-sm text-soft">
            {fact}
          </p>
        ))}
      </div>
      {children}
    </li>
  )
}
