import { trimUnseen, withoutUnseen } from '@/lib/unseen'

/** What stands around an address where it was copied from, and is in none: brackets, quotation marks, the end of a sentence. */
const atEnds = /^[<>()[\]"“”„«»,;:]+|[<>()[\]"“”„«»,;:.。、，；：．｡…]+$/g
/** What joins letters in scripts that are written so, or keeps them apart. */
const joiner = /((?<=[^\0-\u02ff])[\u200c\u200d](?=[^\0-\u02ff]))/u

/**
 * An e-mail as typed without what can only be a slip: `mailto:`, a name and brackets around it, what nobody sees, an at sign
 * of full width, the curly apostrophe of phones. Whether it is one is for `canonicalEmail` to say.
 */
export function withoutSlips(typed: string): string {
  const trimmed = trimUnseen(typed)
  // Nobody types a line end or another control within an address, and a lost character was one of it.
  if (/[\p{Cc}\ufffd]/u.test(trimmed)) return trimmed
  const [, inBrackets] = /^[^<>@]*<([^<>]*)>[\s.,;:]*$/.exec(trimmed) ?? []
  const address = trimUnseen(withoutUnseenButJoiners(inBrackets ?? trimmed))
    .replace(/[＠﹫]/g, '@')
    .replace(/^mailto:\s*([^?]*@[^?]*)(?:\?.*)?$/i, '$1')
  const bare = trimUnseen(trimUnseen(address.replace(atEnds, '')).replace(atEnds, ''))
  const [local = '', ...rest] = bare.split('@')
  return [local.replace(/[\u2018\u2019\u02bc]/g, "'"), ...rest].join('@')
}

/** Whether what keeps a text from being an e-mail that we can write to is a letter before its only `@`. */
export function hasForeignLocalPart(typed: string): boolean {
  const [local = '', host, ...rest] = withoutSlips(typed).split('@')
  return Boolean(host) && rest.length === 0 && /[^\0-\x7f]/.test(local)
}

/** A text without the characters that show nothing, but for the joiners that some scripts are written with. */
export function withoutUnseenButJoiners(text: string): string {
  const parts = text.split(joiner)
  return parts.map((part, index) => (index % 2 === 0 ? withoutUnseen(part) : part)).join('')
}
