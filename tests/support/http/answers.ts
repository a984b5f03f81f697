import { setTimeout as sleep } from 'node:timers/promises'
import words from '@/messages/fr.json' with { type: 'json' }

/** Sends again while the service says that it is busy, as a person would. */
export async function untilNotBusy(send: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await send()
    if ((await codeOf(answer)) !== 'busy') return answer
    await sleep(100)
  }
}

/** Asks for a page again while the service says that it is busy. */
export async function untilServed(read: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await read()
    if (!isRefused(answer)) return answer
    await sleep(100)
  }
}

/** Whether it was the gate that answered. */
function isRefused({ status, headers }: Response): boolean {
  return status === 503 && headers.has('retry-after')
}

/** The code of what a form says is wrong, or of what is said in the place of the form; null when it led on. */
export async function codeOf(answer: Response): Promise<string | null> {
  if (isRefused(answer)) return 'busy'
  const html = await answer.clone().text()
  const alert = /role="alert".*?<\/div>/s.exec(html)?.[0] ?? ''
  return keyOf(words.formCodes, alert)
}

/** The key of the text whose first line is found, up to its first value. */
export function keyOf(texts: Record<string, string>, html: string): string | null {
  return Object.keys(texts).find((key) => html.includes(texts[key]?.split(/[{\n]/)[0] ?? key)) ?? null
}
