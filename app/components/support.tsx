import { headers } from 'next/headers'
import { SupportLine } from '@/app/components/support-line'
import { requestIdOf } from '@/lib/http/request-id'
import { requestReference } from '@/lib/mail/reference'
import { supportWords } from '@/lib/words/support-words'

/** Whom to ask, where somebody may not know how to go on, and what to tell them: `reference`, else that of this request. */
export async function Support({ reference }: { reference?: string | null }) {
  const words = await supportWords(reference ?? requestReference(requestIdOf(await headers())))
  return words && <SupportLine words={words} />
}
