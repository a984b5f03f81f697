import type { Judged } from '@/app/components/password-rules'
import { hasOuterSpace, judgeClasses } from '@/lib/accounts/passwords/rule'
import type { RuleWords } from '@/lib/words/rule-words'

/** What the rules say of a password, and what is new about it. */
export function judgeAgain({ broken: before }: Judged, typed: string): Judged {
  const broken = judgeClasses(typed)
  if (!before) return { typed, broken, changed: [] }
  const met = before.filter((issue) => !broken.includes(issue))
  return { typed, broken, changed: [...met, ...broken.filter((issue) => !before.includes(issue))] }
}

/** What is to be known of a password besides, once its typing rests: until then any space is one at the end. */
export async function noteOn(typed: string, { unseen, outerSpace }: RuleWords): Promise<string | null> {
  await new Promise((resolve) => setTimeout(resolve, 800))
  if (judgeClasses(typed).includes('unseen')) return unseen
  return hasOuterSpace(typed) ? outerSpace : null
}
