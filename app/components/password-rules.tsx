import type { PasswordIssue } from '@/lib/accounts/codes'
import type { RuleWords } from '@/lib/words/rule-words'

export type Judged = {
  /** Null until scripts run: then nobody can say which rules are met. */
  broken: PasswordIssue[] | null
  /** What the last key changed. */
  changed: PasswordIssue[]
}

type Props = { id: string; judged: Judged; length: number; words: RuleWords }

/** From so many characters on the bar is full. */
const longLength = 20

/** The rules by themselves, for the field to be described by: how far they are met is told beside them, once each time. */
export function rulesDescription(id: string, { rules }: RuleWords): string {
  return [`${id}-heading`, ...rules.map(([issue]) => `${id}-${issue}`), `${id}-advice`].join(' ')
}

export function PasswordRules({ id, judged: { broken, changed }, length, words }: Props) {
  const state = (issue: PasswordIssue) => (broken?.includes(issue) ? words.unmet : words.met)
  return (
    <div className="flex flex-col gap-2 text-sm text-soft" id={id}>
      <svg
        className="h-1 w-full stroke-sun stroke-1 rtl:-scale-x-100"
        viewBox={`0 0 ${longLength} 1`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path className="stroke-line" d={`M0 .5h${longLength}`} />
        <path d={`M0 .5h${Math.min(length, longLength)}`} />
      </svg>
      <p id={`${id}-heading`}>{words.heading}</p>
      <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,9.5rem),1fr))] gap-2">
        {words.rules.map(([issue, text]) => {
          const met = broken && !broken.includes(issue)
          return (
            <li
              key={issue}
              className="flex gap-2 rounded-lg border border-line px-2 py-1 data-met:border-good data-met:text-good"
              data-met={met || undefined}
            >
              <span aria-hidden="true">{met ? '✓' : '○'}</span>
              <span>
                <span id={`${id}-${issue}`}>{text}</span> {broken && <span className="sr-only">{state(issue)}</span>}
              </span>
            </li>
          )
        })}
      </ul>
      <p id={`${id}-advice`}>{words.advice}</p>
      <p className="sr-only" role="status">
        {words.rules
          .filter(([issue]) => changed.includes(issue))
          .map(([issue, text]) => `${text} ${state(issue)}`)
          .join(', ')}
      </p>
    </div>
  )
}
