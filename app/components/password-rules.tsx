import type { PasswordIssue } from '@/lib/accounts/codes'
import type { RuleWords } from '@/lib/words/rule-words'

export type Judged = {
  /** Null until scripts run: then nobody can say which rules are met. */
  broken: PasswordIssue[] | null
  /** What the last key changed. */
  changed: PasswordIssue[]
}

type Props = { id: string; judged: Judged; words: RuleWords }

/** The rules by themselves, for the field to be described by: how far they are met is told beside them, once each time. */
export function rulesDescription(id: string, { rules }: RuleWords): string {
  return [`${id}-heading`, ...rules.map(([issue]) => `${id}-${issue}`), `${id}-advice`].join(' ')
}

export function PasswordRules({ id, judged: { broken, changed }, words }: Props) {
  const state = (issue: PasswordIssue) => (broken?.includes(issue) ? words.unmet : words.met)
  return (
    <div className="rules" id={id}>
      <p id={`${id}-heading`}>{words.heading}</p>
      <ul>
        {words.rules.map(([issue, text]) => {
          const met = broken && !broken.includes(issue)
          return (
            <li key={issue} className={met ? 'rule rule-met' : 'rule'}>
              <span className="rule-mark" aria-hidden="true">
                {met ? '✓' : '○'}
              </span>
              <span className="rule-text">
                <span id={`${id}-${issue}`}>{text}</span> {broken && <span>{state(issue)}</span>}
              </span>
            </li>
          )
        })}
      </ul>
      <p id={`${id}-advice`}>{words.advice}</p>
      <p className="visually-hidden" role="status">
        {words.rules
          .filter(([issue]) => changed.includes(issue))
          .map(([issue, text]) => `${text} ${state(issue)}`)
          .join(', ')}
      </p>
    </div>
  )
}
