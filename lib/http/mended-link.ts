import { mailedLinks } from '@/lib/accounts/mailed-links'
import { locales } from '@/lib/i18n/locales'

/** All that mails lead to. */
const pages = [...Object.keys(mailedLinks), 'login', 'forgot-password']
const whole = new RegExp(`^/(?:${locales.join('|')})/(?:${pages.join('|')})(?:/[\\w-]{0,43})?$`)
/** A page however its hyphen arrived, or did not. */
const named = pages.map((page) => page.replace('-', '[^a-z\\d/?&#]{0,9}'))
const mangled = new RegExp(
  `/(${locales.join('|')})/(?:${named.map((page) => `(${page})`).join('|')})(?![\\w-])(.*)$`,
  'i',
)
/** What mail programs put into a text; a token in angle brackets is longer than their names. */
const tags = /<(?:\/?(?:o:)?[a-z][a-z\d]{0,9}(?:[\s/][^<>]*)?|!--[^<>]*)>/gi
const tokenLength = 43

/**
 * The path that a mailed link had before it was mangled on its way: wrapped, quoted, encoded again, in other case, with signs
 * or parameters behind it, tags within. Null for one that is whole, and for any other path. What is taken away cannot be part
 * of a token.
 */
export function mendedLink(path: string): string | null {
  if (whole.test(path)) return null
  const plain = decoded(path)
    .replace(tags, '')
    .replace(/&[a-z]+;/gi, ' ')
    .replace(/=?[\s\p{Cc}\p{Cf}]+/gu, '')
    .replace(/[\u2010-\u2012\u2212\ufe63\uff0d]/g, '-')
    .replace(/[/\\]+/g, '/')
  const [, locale, ...found] = mangled.exec(plain) ?? []
  const page = pages.find((_, at) => found[at] !== undefined)
  if (!locale || !page) return null
  const rest = found.at(-1) ?? ''
  const token = tokenIn(rest.replace(/[?&#…].*/, ''))
  // Where nothing of a token is left, its page still says that the link did not arrive whole.
  const isLost = token === '' && /^\/[^?&#]/.test(rest) && Object.hasOwn(mailedLinks, page)
  return `/${locale.toLowerCase()}/${page}${token && `/${token}`}${isLost ? '/-' : ''}`
}

/** What is left of a token. A long dash was two hyphens, or one where that makes its length right. */
function tokenIn(text: string): string {
  const signs = text.replace(/[^\w\u2013-\u2015-]/g, '')
  const readings = [signs, signs.replace(/[\u2013-\u2015]+$/, '')].flatMap((each) =>
    ['-', '--'].map((hyphens) => each.replace(/[\u2013-\u2015]/g, hyphens)),
  )
  const right = readings.find((reading) => reading.length === tokenLength) ?? readings[1] ?? ''
  return right.slice(0, tokenLength)
}

/** As often as mail programs may have encoded it; what cannot be decoded ends a token. */
function decoded(path: string): string {
  let text = path
  for (let times = 0; times < 4; times += 1)
    text = text
      .replace(/(?:%[\da-f]{2})+/gi, decodedBytes)
      .replace(/&(?:#(x?)([\da-f]{1,6})|(lt|gt|amp));/gi, decodedEntity)
  return text
}

function decodedBytes(bytes: string): string {
  try {
    return decodeURIComponent(bytes)
  } catch {
    return '…'
  }
}

function decodedEntity(_: string, hex: string | undefined, digits = '', name = ''): string {
  if (name) return { lt: '<', gt: '>', amp: '&' }[name.toLowerCase()] ?? ' '
  const code = Number.parseInt(digits, hex ? 16 : 10)
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' '
}
