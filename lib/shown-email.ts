import { domainToASCII, domainToUnicode } from 'node:url'

/** The letters of the alphabet with their marks, and those that are drawn as no other. A dot on what has one shows nothing. */
const latin = /^(?!.*[ij]\p{M}*\u0307)(?:[a-zßæœøłđðþ][\u0300-\u036f]*)+$/u
/** Other scripts that are written together in one word. */
const together = [
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u,
  /^[\p{Script=Han}\p{Script=Hangul}]+$/u,
  /^[\p{Script=Han}\p{Script=Bopomofo}]+$/u,
  ...'Arabic Hebrew Cyrillic Greek Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Thai Lao Khmer Myanmar Georgian Armenian Ethiopic'
    .split(' ')
    .map((script) => new RegExp(`^[\\p{Script=${script}}\\p{M}]+$`, 'u')),
]
/** Cyrillic and Greek letters that are drawn as Latin ones. */
const alike = /^[аеорсухѕіјһӏԁԛԝгкмнтвпьαοενρτυικχωϲ]+$/u

/**
 * An e-mail as people read it: its domain in letters instead of `xn--`. Where the letters could pass for others, or do not
 * lead back to the domain, it stays as it is sent to.
 */
export function shownEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1)
  if (at < 0 || !/(?:^|\.)xn--/i.test(domain)) return email
  const letters = domainToUnicode(domain)
  const isPlain = letters.split('.').every(isPlainLabel)
  return isPlain && domainToASCII(letters) === domain.toLowerCase() ? `${email.slice(0, at)}@${letters}` : email
}

function isPlainLabel(label: string): boolean {
  const letters = label.replace(/[\d-]/g, '')
  if (/^[\0-\x7f]*$/.test(letters)) return true
  if (latin.test(letters.normalize('NFD'))) return true
  return together.some((scripts) => scripts.test(letters)) && !alike.test(letters)
}
