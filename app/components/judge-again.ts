import type { Judged } from '@/app/components/password-rules'
import { judgeClasses } from '@/lib/accounts/passwords/rule'

/** What the rules say of a password, and what is new about it. */
export function judgeAgain({ broken: before }: Judged, typed: string): Judged {
  const broken = judgeClasses(typed)
  if (!before) return { broken, changed: [] }
  const met = before.filter((issue) => !broken.includes(issue))
  return { broken, changed: [...met, ...broken.filter((issue) => !before.includes(issue))] }
}
