import { domainToASCII, domainToUnicode } from 'node:url'
import { decomposed } from '@/lib/accounts/decomposed'
import { foldLetters, foldSpellings } from '@/lib/accounts/names/letters'
import { canBeReadAlike } from '@/lib/accounts/names/readings'
import { foldIndic, foldJapanese, foldThai } from '@/lib/accounts/names/scripts'
import { withoutSlips, withoutUnseenButJoiners } from '@/lib/accounts/typed-email'
import { trimUnseen, withoutUnseen, withPlainSpaces } from '@/lib/unseen'

const localPart = /^[!#-'*+\-./0-9=?A-Z^-~]{1,64}$/
/** What the URL parser behind `domainToASCII` would drop, or end the host at, instead of refusing. */
const notInDomain = /[\s\p{Cc}\ufffd/?#\\%]/u
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/
/** What the table behind `domainToASCII` would take for letters and digits, or let pass. */
const sign = /[\p{S}\p{No}\p{Me}ªº]/u
/** A domain of letters and digits, and of the few signs that are used among letters of their script alone. */
const inLetters =
  /^(?:[\p{Nd}\u3007\p{Mn}\p{Mc}\p{Join_Control}.-]|(?![ー\u02b0-\u02ff])\p{L}|(?<=l)·(?=l)|(?<=\p{Script=Hebrew})[׳״]|(?<=[ー\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}])[ー・])+\.(?:\p{Script=Latin}+|(?:(?!\p{Script=Latin})[\p{L}\p{M}])+)$/u

/** Marks that their scripts can do without. Those of other scripts are vowels, or make Japanese letters others. */
const optionalMark =
  /(?![\u3099\u309a])(?=\p{M})[\p{Script=Inherited}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]/u
/** Space, signs, and the letters that are used as apostrophes; apart a dash behind kana, which may mean a long vowel. */
const separators =
  /((?<=[ぁ-ゖ][\u3099\u309a]?)[\p{Pd}\u2212\u2500~])[\p{White_Space}\p{P}\p{S}\u02b9-\u02bf\u02c8\u02ca\u02cb\u02ee\ua78b\ua78c]*|[\p{White_Space}\p{P}\p{S}\u02b9-\u02bf\u02c8\u02ca\u02cb\u02ee\ua78b\ua78c]+/gu
/** Viramas of scripts in which names end without the vowel that an end without one would have. */
const silentViramas = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0ccd]+(?= |$)/g
/** Letters with a mark that gives them several readings. */
const markedLetter = /^(?:[aouy]\u0308|a\u030a|[وىيی]\u0654|\p{Script=Arabic}\u0670)$/iu

/**
 * The e-mail to send to (as typed, domain in ASCII) and the key under which it is unique; null when it is no e-mail.
 * The local part must be plain ASCII before any normalisation: look-alikes such as the Kelvin sign never fold into it.
 */
export function canonicalEmail(typed: string): { address: string; key: string } | null {
  const [local, host, ...rest] = withoutSlips(typed).split('@')
  if (local === undefined || host === undefined || rest.length > 0 || !localPart.test(local)) return null
  // Joiners between letters can make another domain; where no domain has them, they are a slip.
  const domain =
    notInDomain.test(host) || sign.test(host) ? '' : domainToASCII(host) || domainToASCII(withoutUnseen(host))
  if (!domainName.test(domain) || domain.length > 253 || !isWritten(domain)) return null
  const address = `${local}@${domain}`
  if (address.length > 254) return null
  return { address, key: address.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) }
}

/**
 * Whether a domain, its top level of letters alone, is written in letters and digits, and each label that begins with `xn--` is
 * how these are encoded: newer Nodes pass any.
 */
function isWritten(domain: string): boolean {
  const unicode = domainToUnicode(domain)
  return inLetters.test(unicode) && !/(?:^|\.)xn--/.test(unicode) && domainToASCII(unicode) === domain
}

/**
 * The mailbox behind an e-mail's key, for counting only: what follows a `+` mostly leads to the same one, and Google's two
 * domains are one, where dots make no difference.
 */
export function mailboxKey(emailKey: string): string {
  const mailbox = emailKey.replace(/^([^+@]+)\+[^@]*/, '$1')
  const [, local] = /^(.+)@(?:gmail|googlemail)\.com$/.exec(mailbox) ?? []
  return local === undefined ? mailbox : `${local.replaceAll('.', '')}@gmail.com`
}

/** Whether what stands before the `@` has something behind a `+`, which mostly leads to the mailbox without it. */
export function hasTag(emailKey: string): boolean {
  return /^[^+@]+\+/.test(emailKey)
}

/** A user name to keep and show: as typed, without what nobody sees. */
export function shownUsername(typed: string): string {
  const trimmed = trimUnseen(typed.normalize('NFKC'))
  // Nobody types a control within a name, and a lost character was one of it.
  return /[\p{Cc}\ufffd]/u.test(trimmed) ? trimmed : withoutUnseen(trimmed)
}

/** The key under which a user name is unique; null when it is not 3 to 32 of `a-z 0-9 . _ -`. Never contains `@`. */
export function canonicalUsername(typed: string): string | null {
  const key = shownUsername(typed).replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  return /^[a-z0-9._-]{3,32}$/.test(key) ? key : null
}

/**
 * The form in which everyday spellings of a name are the same, as `docs/decisions/0031-same-name.md` says, but for letters
 * that are read in several ways. Empty only for a text without anything to see. Tolerant on purpose, so it must never make
 * anything unique.
 */
export function canonicalName(typed: string): string {
  const signs = withoutUnseen(decomposed(typed))
  const letters = foldLetters(withoutMarks(withoutMarks(signs).toUpperCase().toLowerCase()))
  const joined = letters
    .replace(separators, (_, dash) => (dash ? '- ' : ' '))
    .replace(silentViramas, '')
    .replaceAll(' ', '')
  const key = foldSpellings(foldThai(foldJapanese(foldIndic(joined))).normalize('NFKC'))
  // Signs alone are what people with one name put into the other field.
  return key === '' && /[^\s\p{M}]/u.test(signs) ? '-' : key
}

/** Whether somebody at a counter would take two names for one: `ü` is `u` and `ue`, each time that it is written. */
export function sameName(one: string, other: string): boolean {
  return canBeReadAlike(canonicalName(one), canonicalName(other))
}

/** Taken apart, without the marks that a script can do without. */
function withoutMarks(text: string): string {
  return text.normalize('NFKD').replace(/(\P{M}?)(\p{M}+)/gu, (_, letter: string, marks: string) => {
    const isKept = (mark: string, at: number, all: string[]) =>
      !optionalMark.test(mark) || at === all.findIndex((each) => markedLetter.test(letter + each))
    return letter + [...marks].filter(isKept).join('')
  })
}

/** A name to keep and show: as typed, without what nobody sees, but for the joiners that some scripts are written with. */
export function shownName(typed: string): string {
  return trimUnseen(withoutUnseenButJoiners(withPlainSpaces(typed.normalize('NFC'))))
}

/** Whether a name holds markup or a link, which no name does and which could harm where it is shown. */
export function hasMarkup(name: string): boolean {
  return /[<>]|:\/\/|www\./i.test(name)
}
