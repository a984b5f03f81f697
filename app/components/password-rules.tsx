import type { PasswordIssue } from '@/lib/accounts/codes'
import type { RuleWords } from '@/lib/words/rule-words'

export type Judged = {
  typed: string
  /** Null until scripts run: then nobody can say which rules are met. */
  broken: PasswordIssue[] | null
  /** What the last key changed. */
  changed: PasswordIssue[]
}

type Props = { id: string; judged: Judged; words: RuleWords }

/** From so many characters on the bar is full. */
const longLength = 20

/** The rules by themselves, for the field to be described by: how far they are met is told beside them, once each time. */
export function rulesDescription(id: string, { rules }: RuleWords): string {
  return [`${id}-heading`, ...rules.map(([issue]) => `${id}-${issue}`), `${id}-advice`].join(' ')
}

export function PasswordRules({ id, judged: { typed, broken, changed }, words }: Props) {
  const state = (issue: PasswordIssue) => (broken?.includes(issue) ? words.unmet : words.met)
  return (
    <div className="rules" id={id}>
      <svg className="bar" viewBox={`0 0 ${longLength} 1`} preserveAspectRatio="none" aria-hidden="true">
        <path d={`M0 .5h${longLength}`} />
        <path d={`M0 .5h${Math.min([...typed].length, longLength)}`} />
      </svg>
      <p id={`${id}-heading`}>{words.heading}</p>
      <ul>
        {words.rules.map(([issue, text]) => {
          const met = broken && !broken.includes(issue)
          return (
            <li key={issue} data-met={met || undefined}>
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
