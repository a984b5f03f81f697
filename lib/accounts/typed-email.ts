import { trimUnseen, withoutUnseen } from '@/lib/unseen'

/** What no address begins with: spaces and signs of any script, but for those that a local part may begin with. */
const atStart = /^(?:(?![@!#-'*+\-./=?^_`{|}~\u2018\u2019])[\p{Z}\p{P}\p{S}])+/u
/** What no address ends with: spaces and signs of any script. */
const atEnd = /(?<![\p{Z}\p{P}\p{S}\u02b0-\u02ff])(?:(?!@)[\p{Z}\p{P}\p{S}\u02b0-\u02ff])+$/u
/** What may begin an address, but stands around it where it ends it as well. */
const around = /^(?:['`\u2018\u2019]+(?=.*['`\u00b4\u2018\u2019\u2032][^@\p{L}]*$)|([*_~|])\1*(?=.*\1[^@\p{L}]*$))/u
/** What joins letters in scripts that are written so, or keeps them apart. */
const joiner = /((?<=[^\0-\u02ff])[\u200c\u200d](?=[^\0-\u02ff]))/u

/**
 * An e-mail as typed without what can only be a slip: `mailto:`, a name and brackets around it, what nobody sees, signs at its
 * ends, an at sign of full width, the curly apostrophe of phones, a dash for a hyphen. Whether it is one is for
 * `canonicalEmail` to say.
 */
export function withoutSlips(typed: string): string {
  const trimmed = trimUnseen(typed)
  const [, inBrackets] = /^[^<>@]*<([^<>]*)>[^<>@\p{L}\p{N}]*$/u.exec(trimmed) ?? []
  const address = withoutMailto(trimUnseen(inBrackets ?? trimmed).replace(atStart, ''))
  // Nobody types a line end or another control within an address, and a lost character was one of it.
  if (/[\p{Cc}\ufffd]/u.test(address)) return address
  const seen = trimUnseen(withoutUnseenButJoiners(address)).replace(/[＠﹫]/g, '@')
  const [local = '', ...hosts] = seen.replace(around, '').replace(atStart, '').replace(atEnd, '').split('@')
  return [local.replace(/(?<=.)[\u2018\u2019\u02bc]/g, "'"), ...hosts.map(withHyphens)].join('@')
}

/** What a link to an address leads to. */
function withoutMailto(text: string): string {
  const [, address] = /^mailto:(?:\/\/)?([^?]*)/i.exec(text) ?? []
  if (address === undefined) return text
  try {
    return trimUnseen(decodeURIComponent(address))
  } catch {
    return address
  }
}

/** A domain with what phones make of hyphens put back; of the two in an encoded label they make one long dash. */
function withHyphens(domain: string): string {
  return domain
    .replace(/(?<=^|[.。．｡])(xn)[\u2013\u2014]/gi, '$1--')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[。．｡]/g, '.')
}

/** Whether what keeps a text from being an e-mail that we can write to is a letter before its only `@`. */
export function hasForeignLocalPart(typed: string): boolean {
  const [local = '', host, ...rest] = withoutSlips(typed).split('@')
  return Boolean(host) && rest.length === 0 && /(?![\0-\x7f])[\p{L}\p{M}\p{N}]/u.test(local)
}

/** A text without the characters that show nothing, but for the joiners that some scripts are written with. */
export function withoutUnseenButJoiners(text: string): string {
  const parts = text.split(joiner)
  return parts.map((part, index) => (index % 2 === 0 ? withoutUnseen(part) : part)).join('')
}
