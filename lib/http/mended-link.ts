import { mailedLinks } from '@/lib/accounts/mailed-links'
import { locales } from '@/lib/i18n/locales'

/** All that mails lead to. */
const pages = [...Object.keys(mailedLinks), 'login', 'forgot-password'].join('|')
const whole = new RegExp(`^/(?:${locales.join('|')})/(?:${pages})(?:/[\\w-]{0,43})?$`)
const mangled = new RegExp(`/(${locales.join('|')})/(${pages})(?![\\w-])(.*)$`, 'i')

/**
 * The path that a mailed link had before it was mangled on its way: wrapped, quoted, encoded again, in other case, with signs
 * or parameters behind it. Null for one that is whole, and for any other path. What is taken away cannot be part of a token.
 */
export function mendedLink(path: string): string | null {
  if (whole.test(path)) return null
  const plain = decoded(path)
    .replace(/&(?:#\w+|[a-z]+);/gi, ' ')
    .replace(/=?[\s\p{Cc}\p{Cf}]+/gu, '')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[\u2013\u2014]/g, '--')
    .replace(/[/\\]+/g, '/')
  const [, locale, page, rest = ''] = mangled.exec(plain) ?? []
  if (!locale || !page) return null
  const token = rest.replace(/[?&#…].*/, '').replace(/[^\w-]/g, '')
  // Where nothing of a token is left, its page still says that the link did not arrive whole.
  const isLost = token === '' && /^\/[^?&#]/.test(rest) && Object.hasOwn(mailedLinks, page.toLowerCase())
  return `/${locale}/${page}`.toLowerCase() + (token && `/${token.slice(0, 43)}`) + (isLost ? '/-' : '')
}

/** As often as mail programs may have encoded it; what cannot be decoded ends a token. */
function decoded(path: string): string {
  let text = path
  for (let times = 0; times < 4; times += 1) text = text.replace(/(?:%[\da-f]{2})+/gi, decodedBytes)
  return text
}

function decodedBytes(bytes: string): string {
  try {
    return decodeURIComponent(bytes)
  } catch {
    return '…'
  }
}
