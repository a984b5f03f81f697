import type { SupportWords } from '@/lib/words/support-words'

/** Whom to ask, and what to tell them. */
export function SupportLine({ words }: { words: SupportWords }) {
  return (
    <p>
      {words.ask}{' '}
      <a href={words.href} dir="ltr">
        {words.contact}
      </a>
      <br />
      {words.give} <code>{words.reference}</code>
    </p>
  )
}
