import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mailedLinks } from '@/lib/accounts/mailed-links'
import { mendedLink } from '@/lib/http/mended-link'
import { locales } from '@/lib/i18n/locales'

const token = '-Ab_9cDeFgHiJkLmNoPqRsTuVwXyZ0123456789--A_'
const path = `/fr/reset-password/${token}`

test.each([
  ...['.', ',', ')', '>', '"', "'", ']', ';', ':', '!', '?', '…', '»', '*', '_', '-', '=', '%', '%3', '~', '”.', '>,'],
  ...['%3E', '%22', '%20', '%0A', '%0D%0A', '%C2%A0', '%E2%80%8B', '%253E', '%25253E', '%FF', '%00', '%3D%0D%0A'],
  ...[
    '&gt;',
    '&amp;quot;',
    '%26gt%3B',
    '&data=05%7C01',
    '%3Futm_source=mail',
    '%3Ffbclid=Iw',
    '%23top',
    '/',
    '/.',
    '/)',
  ],
  ...[' and then', '%20Valid%20until', '%3C/a%3E', '\\', '\\n', '%5Cr%5Cn', '–', '—'],
])('a link with %s behind it leads where it led', (behind) => {
  expect(mendedLink(path + behind)).toBe(path)
})

test.each([
  `/fr/reset-password/<${token}>`,
  `/fr/reset-password/%3C${token}%3E`,
  `/fr/reset-password/&lt;${token}&gt;`,
  `/fr/reset-password/%20${token}`,
  `/FR/Reset-Password/${token}`,
  `//fr//reset-password//${token}`,
  `/fr/reset-password//${token}`,
  `/fr%2Freset-password%2F${token}`,
  `/fr%252Freset-password%252F${token}`,
  `/https%3A%2F%2Fhost.example%2Ffr%2Freset-password%2F${token}`,
  `/fr/reset-%0Apassword/${token}`,
  `/fr/reset-=%0D%0Apassword/${token}`,
  `/fr/reset\u2011password/${token}`,
  `/fr/reset-password/${token.slice(0, 20)}%0A${token.slice(20)}`,
  `/fr/reset-password/${token.slice(0, 20)}%20${token.slice(20)}.`,
  `/fr/reset-password/${token.slice(0, 20)}=%0D%0A${token.slice(20)}`,
  `/fr/reset-password/${token.slice(0, 20)}%0A%3E%20${token.slice(20)}`,
  `/fr/reset-password/${token.slice(0, 20)}%E2%80%8B${token.slice(20)}`,
  `/fr/reset-password/${token.replaceAll('_', '%5F')}`,
  `/fr/reset-password/${token.replaceAll('-', '%252D')}`,
  `/fr/reset-password/${token.replace('--', '–')}`,
  `/fr/reset-password/${token.replace('--', '—')}.`,
  `/fr/reset–password/${token.replace('--', '–')}`,
  `/fr/reset%E2%80%93password/${token}`,
  ...[
    '—',
    '−',
    '--',
    '%20',
    '%0A',
    '=-',
    '-=',
    '=%0D%0A-',
    '%3Cwbr%3E-',
    '-<br>',
    '_',
    '',
    '&shy;-',
    '%252D',
    '&#8211;',
  ].map((gap) => `/fr/reset${gap}password/${token}`),
  ...[
    '<br>',
    '<br/>',
    '<br />',
    '%3Cbr%3E',
    '%3Cwbr%3E',
    '%253Cbr%253E',
    '&lt;wbr&gt;',
    '%26lt%3Bbr%26gt%3B',
    '&amp;lt;br&amp;gt;',
  ].map((tag) => `/fr/reset-password/${token.slice(0, 20)}${tag}${token.slice(20)}`),
  ...[
    '<span class="x">',
    '</span>',
    '<blockquote>',
    '</center>',
    '<b>',
    '<P>',
    '<font color=red>',
    '&#60;br&#x3e;',
    '<!-- x -->',
    '&#8203;',
    '&ZeroWidthSpace;',
  ].map((tag) => `/fr/reset-password/${token.slice(0, 20)}${tag}${token.slice(20)}</a>`),
  `/fr/reset-password/${token.replaceAll('-', '&#45;').replaceAll('_', '&#x5F;')}`,
  `/fr/reset-password/<a>${token}</a>`,
])('%s leads where the link led', (mangled) => {
  expect(mendedLink(mangled)).toBe(path)
})

test.each(['–', '—', '−', '‐'])('a %s in a token is as many hyphens as its length tells', (dash) => {
  const [single, double] = [`aB-${'c'.repeat(38)}-d`, `aB--${'c'.repeat(36)}--d`]
  expect(mendedLink(`/fr/not${dash}me/${single.replaceAll('-', dash)}`)).toBe(`/fr/not-me/${single}`)
  expect(mendedLink(`/fr/not${dash}me/${single.replaceAll('-', dash)}${dash}`)).toBe(`/fr/not-me/${single}`)
  if (/[–—]/.test(dash)) expect(mendedLink(`/fr/not-me/${double.replaceAll('--', dash)}`)).toBe(`/fr/not-me/${double}`)
})

test.each(Object.keys(mailedLinks))('every %s link is mended, in every language', (page) => {
  for (const locale of locales)
    expect(mendedLink(`/${locale.toUpperCase()}/${page}/${token})`)).toBe(`/${locale}/${page}/${token}`)
})

test.each(['/fr/login.', '/fr/forgot-password%3E', '/FR/Login'])('%s leads to its page', (mangled) => {
  expect(['/fr/login', '/fr/forgot-password']).toContain(mendedLink(mangled))
})

test.each([
  ...[
    path,
    '/fr/reset-password',
    '/fr/reset-password/',
    '/ar/verify-email/done',
    '/fr/forgot-password/sent',
    '/fr/login',
  ],
  ...[
    '/',
    '/fr',
    '/fr/account',
    '/fr/logins',
    '/fr/reset-passwords/x',
    '/fr/reset/password/x',
    '/fr/reset?password',
    '/api/health/live',
    '/fr/help.',
    '/xx/login.',
  ],
])('%s is left as it is', (other) => {
  expect(mendedLink(other)).toBeNull()
})

test('whatever a link was made into, it leads to a page of ours with a token or less, which is left as it is', () => {
  const whole = /^\/[a-z]{2}\/[a-z-]+(\/[\w-]{1,43})?$/
  const strange = [
    '//evil.example',
    '\\',
    '%2e%2e/',
    '%5C%2F',
    '&#47;&#47;',
    '&sol;',
    '<br>',
    '–',
    '@evil.example',
    '/de/not-me/',
  ]
  const text = fc.oneof(fc.string(), fc.constantFrom(...strange))
  fc.assert(
    fc.property(text, text, (before, behind) => {
      const mended = mendedLink(`${before}/fr/reset-password/${behind}`)
      if (mended === null) return
      expect(mended).toMatch(whole)
      expect(mended.split('/')[2]).toMatch(/^(reset-password|not-me)$/)
      expect(mendedLink(mended)).toBeNull()
    }),
  )
})

test('a path of any length is mended in no time', () => {
  const begun = performance.now()
  for (const part of [
    '%25',
    '/fr/reset-password/',
    '&gt;',
    '=%0A',
    '%FF',
    '\\',
    '<br ',
    '&#60;',
    '–',
    '/fr/reset-',
    '<!--',
  ])
    mendedLink(`/fr/reset-password/${part.repeat(16_000 / part.length)}`)
  expect(performance.now() - begun).toBeLessThan(500)
})
