import { judgeClasses } from '@/lib/accounts/passwords/rule'
import type { RuleWords } from '@/lib/words/rule-words'

type Props = {
  id: string
  /** Undefined until scripts run: then nobody can say which rules are met. */
  typed: string | undefined
  words: RuleWords
}

export function PasswordRules({ id, typed, words }: Props) {
  const broken = typed === undefined ? null : judgeClasses(typed)
  return (
    <div className="rules" id={id}>
      <p>{words.heading}</p>
      <ul>
        {words.rules.map(([issue, text]) => {
          const met = broken && !broken.includes(issue)
          return (
            <li
              key={issue}
              className={met ? 'rule rule-met' : 'rule'}
              aria-atomic="true"
              aria-live={typed ? 'polite' : undefined}
            >
              <span className="rule-mark" aria-hidden="true">
                {met ? '✓' : '○'}
              </span>
              <span className="rule-text">
                {text} {broken && <span>{met ? words.met : words.unmet}</span>}
              </span>
            </li>
          )
        })}
      </ul>
      <p>{words.advice}</p>
    </div>
  )
}
