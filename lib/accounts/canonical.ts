import { domainToASCII, domainToUnicode } from 'node:url'

const localPart = /^[!#-'*+\-./0-9=?A-Z^-~]{1,64}$/
/** What the URL parser behind `domainToASCII` would drop, or end the host at, instead of refusing. */
const notInDomain = /[\s\p{Cc}/?#\\%]/u
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/
const apostrophes = /[\u0060\u02b9\u02bb\u02bc\u02c8\u2018\u2019\u201b\u2032\uff07]/gu
const letters: Record<string, string> = { ß: 'ss', œ: 'oe', æ: 'ae', ø: 'o', ł: 'l', đ: 'd' }

/**
 * The e-mail to send to (as typed, domain in ASCII) and the key under which it is unique; null when it is no e-mail.
 * The local part must be plain ASCII before any normalisation: look-alikes such as the Kelvin sign never fold into it.
 */
export function canonicalEmail(typed: string): { address: string; key: string } | null {
  const [local, host, ...rest] = typed.replace(/^[ \t]+|[ \t]+$/g, '').split('@')
  if (local === undefined || host === undefined || rest.length > 0 || !localPart.test(local)) return null
  const domain = notInDomain.test(host) ? '' : domainToASCII(host)
  if (!domainName.test(domain) || domain.length > 253 || !isInPunycode(domain)) return null
  const address = `${local}@${domain}`
  if (address.length > 254) return null
  return { address, key: address.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) }
}

/** Whether each label that begins with `xn--` stands for letters, and is how these are written: newer Nodes pass any. */
function isInPunycode(domain: string): boolean {
  const inLetters = domainToUnicode(domain)
  return !/(?:^|\.)xn--/.test(inLetters) && domainToASCII(inLetters) === domain
}

/** The mailbox behind an e-mail's key, for counting only: what follows a `+` mostly leads to the same one. */
export function mailboxKey(emailKey: string): string {
  return emailKey.replace(/^([^+@]+)\+[^@]*/, '$1')
}

/** The key under which a user name is unique; null when it is not 3 to 32 of `a-z 0-9 . _ -`. Never contains `@`. */
export function canonicalUsername(typed: string): string | null {
  const key = typed
    .normalize('NFKC')
    .trim()
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  return /^[a-z0-9._-]{3,32}$/.test(key) ? key : null
}

/**
 * The form in which two spellings of a name are the same: case, accents, kinds of apostrophe, dash and space fold.
 * Tolerant on purpose, so it must never make anything unique.
 */
export function canonicalName(typed: string): string {
  return typed
    .normalize('NFC')
    .replaceAll('\u00b4', "'") // NFKD would take this accent, typed as an apostrophe, apart into a space.
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]|\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(apostrophes, "'")
    .replace(/\p{Pd}/gu, '-')
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ßœæøłđ]/g, (letter) => letters[letter] ?? letter)
    .replace(/\p{White_Space}+/gu, ' ')
    .trim()
}

/** False for text that no name holds and that could harm where it is shown: controls, bidi overrides, markup, links. */
export function isSafeName(typed: string): boolean {
  return !/\p{Cc}|[\u202a-\u202e\u2066-\u2069<>]|:\/\/|www\./iu.test(typed)
}
