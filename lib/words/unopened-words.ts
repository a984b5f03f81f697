import { getTranslations } from 'next-intl/server'
import { type Unopened, unopenedCodes } from '@/lib/accounts/codes'

export function isUnopened(problem: string): problem is Unopened {
  return unopenedCodes.some((code) => code === problem)
}

/** What to do about a link that could not be opened at all, in the language of the request. */
export async function unopenedWords(problem: Unopened): Promise<string> {
  const t = await getTranslations('unopenedLink')
  return t(problem)
}
