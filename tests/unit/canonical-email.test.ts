import { domainToUnicode } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalEmail, mailboxKey } from '@/lib/accounts/canonical'
import { withoutSlips } from '@/lib/accounts/typed-email'
import { anyText } from '@/tests/support/any-text'

const local = fc.stringMatching(/^[!#-'*+\-./0-9=?A-Z^-~]{1,64}$/)
const label = fc.stringMatching(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,8}[a-zA-Z0-9])?$/)
const address = fc
  .tuple(local, fc.array(label, { minLength: 1, maxLength: 4 }), fc.constantFrom('org', 'FR', 'bücher', 'example'))
  .map(([name, labels, top]) => `${name}@${[...labels, top].join('.')}`)

test.each([
  ['Mike@Example.org', 'Mike@example.org', 'mike@example.org'],
  [' \tmike@example.org\t ', 'mike@example.org', 'mike@example.org'],
  ['mike+tag.a@example.org', 'mike+tag.a@example.org', 'mike+tag.a@example.org'],
  ["O'Neil/x=y?{z}|~!#$%&*^_`-@a.b.example.org", undefined, "o'neil/x=y?{z}|~!#$%&*^_`-@a.b.example.org"],
  ['mike@Bücher.example', 'mike@xn--bcher-kva.example', 'mike@xn--bcher-kva.example'],
  ['mike@bu\u0308cher.example', 'mike@xn--bcher-kva.example', 'mike@xn--bcher-kva.example'],
  ['mike@ｅｘａｍｐｌｅ。ｏｒｇ', 'mike@example.org', 'mike@example.org'],
  ['mike@пример.рф', 'mike@xn--e1afmkfd.xn--p1ai', 'mike@xn--e1afmkfd.xn--p1ai'],
  ['mike@faß.example', 'mike@xn--fa-hia.example', 'mike@xn--fa-hia.example'],
  ['I@example.org', 'I@example.org', 'i@example.org'],
  ['\u200bmike@example.org\u200e', 'mike@example.org', 'mike@example.org'],
  ['\u00a0\u3000mike@example.org\ufeff\u2060', 'mike@example.org', 'mike@example.org'],
  ['\r\nmike@example.org\n', 'mike@example.org', 'mike@example.org'],
  ['mi\u200bke@exam\u00adple.org', 'mike@example.org', 'mike@example.org'],
  ['mi\ufffcke@exam\uf8ffple.org\uffff', 'mike@example.org', 'mike@example.org'],
  ['\ufffdmike\u070f@\u{13430}example.org\ufdd0\u{10ffff}', 'mike@example.org', 'mike@example.org'],
  ['mike@نامه\u200cای.com', 'mike@xn--mgba3gch31f060k.com', 'mike@xn--mgba3gch31f060k.com'],
  ['mike@क्\u200dष.com', 'mike@xn--11b2ezcw70k.com', 'mike@xn--11b2ezcw70k.com'],
  ['mike@при\u200dмер.рф\u200c', 'mike@xn--e1afmkfd.xn--p1ai', 'mike@xn--e1afmkfd.xn--p1ai'],
  ['mike＠example.org', 'mike@example.org', 'mike@example.org'],
  ['mike@example．org。', 'mike@example.org', 'mike@example.org'],
  ['mike@example.org.', 'mike@example.org', 'mike@example.org'],
  ['mike@example.org,', 'mike@example.org', 'mike@example.org'],
  ['mike@example.org ; ', 'mike@example.org', 'mike@example.org'],
  ['mailto:Mike@example.org', 'Mike@example.org', 'mike@example.org'],
  ['MAILTO: mike@example.org?subject=x', 'mike@example.org', 'mike@example.org'],
  ['<mike@example.org>', 'mike@example.org', 'mike@example.org'],
  ['<mailto:mike@example.org>', 'mike@example.org', 'mike@example.org'],
  ['Mike d’Arc <mike@example.org>,', 'mike@example.org', 'mike@example.org'],
  ['"Mike" < mike@example.org >', 'mike@example.org', 'mike@example.org'],
  ['“mike@example.org”', 'mike@example.org', 'mike@example.org'],
  ['(mike@example.org).', 'mike@example.org', 'mike@example.org'],
  ['mike@example.org 🙂', 'mike@example.org', 'mike@example.org'],
  ["'tis@example.org", "'tis@example.org", "'tis@example.org"],
  ['_mike@example.org', '_mike@example.org', '_mike@example.org'],
  ['mailto://mike@example.org', 'mike@example.org', 'mike@example.org'],
  ['mailto:mike%2Bx@example.org?subject=a%20b', 'mike+x@example.org', 'mike+x@example.org'],
  ['mailto:mike%40example.org', 'mike@example.org', 'mike@example.org'],
  ['“mailto:mike@example.org?cc=eve@evil.example”', 'mike@example.org', 'mike@example.org'],
  ['mike%2Bx@example.org', 'mike%2Bx@example.org', 'mike%2bx@example.org'],
  ['mike@xn—bcher-kva.example', 'mike@xn--bcher-kva.example', 'mike@xn--bcher-kva.example'],
  ['mike@münchen.de', 'mike@xn--mnchen-3ya.de', 'mike@xn--mnchen-3ya.de'],
  ['mike@例え.jp', 'mike@xn--r8jz45g.jp', 'mike@xn--r8jz45g.jp'],
  ['o’neil@example.org', "o'neil@example.org", "o'neil@example.org"],
])('%j is mailed as %j and known as %j', (typed, mailed, key) => {
  expect(canonicalEmail(typed)).toEqual({ address: mailed ?? typed, key })
})

test.each([
  ...[...'’‘›‹‚′—–؟،؛।·™…‐―−»”」』）】〉。、！？¿¡§•★→©®°~|/\\=+*_-`´ʹ᾽‟〞՞՝܀፣។'].map(
    (sign) => `mike@example.org${sign}`,
  ),
  ...[...'›‹‚—–؟،؛।·™…「『（【〈¿¡§•★→©®°“„«☺'].map((sign) => `${sign}mike@example.org`),
  ...["''", '‘’', '’’', '``', "`'", '‚‘', '**', '__', '~~', '‹›', '❝❞', '⟨⟩'].map(
    (signs) => `${signs[0]}mike@example.org${signs[1]}.`,
  ),
  ...[...'‐‑‒–—―−－'].map((dash) => `mike@exam${dash}ple.org`),
])('%s is an address with a sign that is no part of it', (typed) => {
  expect(canonicalEmail(typed)?.key.replace('-', '')).toBe('mike@example.org')
})

test.each([
  'データ.jp',
  'データ.グーグル',
  'bücher.vermögensberater',
  'ラーメン.みんな',
  'paral·lel.cat',
  'ג׳ורג׳.com',
  '삼성.한국',
  'คน.ไทย',
  'ලංකා.ලංකා',
])('the domain %s is one, and stays itself', (domain) => {
  expect(domainToUnicode(canonicalEmail(`mike@${domain}`)?.key.split('@')[1] ?? '')).toBe(domain)
})

test('a joiner that makes another domain makes another key, and the key of either is its own', () => {
  const keys = ['mike@نامه\u200cای.com', 'mike@نامهای.com'].map((typed) => canonicalEmail(typed)?.key ?? '')
  expect(new Set(keys).size).toBe(2)
  expect(keys.map((key) => canonicalEmail(key)?.key)).toEqual(keys)
})

test.each([
  ['the Kelvin sign', 'mi\u212ae@example.org'],
  ['a dotless i', 'mıke@example.org'],
  ['a dotted capital I', 'mİke@example.org'],
  ['a long s', 'ſam@example.org'],
  ['a ligature', 'ﬁona@example.org'],
  ['a fullwidth letter', 'ｍike@example.org'],
  ['an accent', 'éloise@example.org'],
  ['a combining accent', 'e\u0301loise@example.org'],
  ['no @', 'mike.example.org'],
  ['two @', 'mike@evil.example@example.org'],
  ['a quoted @', '"mike@evil.example"@example.org'],
  ['no local part', '@example.org'],
  ['no domain', 'mike@'],
  ['nothing', ''],
  ['a leading dot', 'mike@.example.org'],
  ['two dots', 'mike@example..org'],
  ['no dot', 'mike@localhost'],
  ['a hyphen at the end of a label', 'mike@example-.org'],
  ['an underscore in the domain', 'mike@ex_ample.org'],
  ['an IPv4 address', 'mike@127.0.0.1'],
  ['a number that is one', 'mike@0x7f.1'],
  ['an IPv6 address', 'mike@[::1]'],
  ['a port', 'mike@example.org:25'],
  ['a path', 'mike@example.org/x.y'],
  ['a backslash', 'mike@example.org\\x'],
  ['a query', 'mike@example.org?x'],
  ['a fragment', 'mike@example.org#x'],
  ['an escape', 'mike@ex%61mple.org'],
  ['punycode of nothing', 'mike@xn--a.example'],
  ['broken punycode', 'mike@xn--99999999.example'],
  ['broken punycode beside whole', 'mike@xn--0.xn--p1ai'],
  ['punycode of plain letters', 'mike@xn--example-.org'],
  ['punycode of punycode', 'mike@xn--xn--a--gua.example'],
  ['a header', 'mike@example.org\r\nBcc: eve@evil.example'],
  ['a line end within the domain', 'mike@exam\r\nple.org'],
  ['a tab within the domain', 'mike@exam\tple.org'],
  ['a tab within the local part', 'mi\tke@example.org'],
  ['a space within', 'mi ke@example.org'],
  ['NUL', 'mike\0@example.org'],
  ['NUL in the domain', 'mike@example\0.org'],
  ['two addresses', 'mike@example.org,eve@evil.example'],
  ['a list', 'mike,eve@example.org'],
  ['a comment', 'mike(x)@example.org'],
  ['another address as a name', 'mike@example.org <eve@evil.example>'],
  ['two in brackets', '<mike@example.org><eve@evil.example>'],
  ['a fullwidth dot before its @', 'mike．x@example.org'],
  ['an emoji in the domain', 'mike@exam🙂ple.org'],
  ['a heart in the domain', 'mike@i❤.example.org'],
  ['a keycap in the domain', 'mike@1\u20e3.example.org'],
  ['a sign in the domain', 'mike@exam™ple.org'],
  ['a circled number in the domain', 'mike@example①.org'],
  ['a raised number behind it', 'mike@example.org¹'],
  ['the sign of a long vowel for a hyphen', 'mike@myーmail.org'],
  ['a middle dot for a dot', 'mike@example·org.example'],
  ['an apostrophe in the domain', 'mike@exam’ple.org'],
  ['a top level with digits', 'mike@example.org1'],
  ['a top level that stands for signs', 'mike@example.xn--i-7iq'],
  ['a top level that stands for an emoji', 'mike@example.xn--h28h'],
  ['a top level that stands for letters and a digit', 'mike@example.xn--1-ctb'],
  ['a top level of two scripts', 'mike@example.orgー'],
  ['an apostrophe that nothing closes', '’mike@example.org'],
  ['a quotation mark that nothing closes', '‘mike@example.org'],
  ['a header that was encoded', 'mailto:mike%0D%0ABcc:eve@example.org'],
  ['another @ that was encoded', 'mailto:mike%40evil.example@example.org'],
  ['a stand-in for a lost character', 'mi\ufffdke@example.org'],
  ['a stand-in for a lost character in the domain', 'mike@exam\ufffdple.org'],
  ['half a surrogate pair', 'mike@\ud800.org'],
  ['broken punycode', 'mike@xn--a.example'],
  ['a label of 64', `mike@${'a'.repeat(64)}.org`],
])('an address with %s is refused', (_, typed) => {
  expect(canonicalEmail(typed)).toBeNull()
})

test('a local part has at most 64 characters, an address at most 254', () => {
  const domain = (length: number) => `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(length - 128 - 4)}.org`
  expect(canonicalEmail(`${'m'.repeat(64)}@example.org`)).not.toBeNull()
  expect(canonicalEmail(`${'m'.repeat(65)}@example.org`)).toBeNull()
  expect(canonicalEmail(`${'m'.repeat(64)}@${domain(189)}`)?.address).toHaveLength(254)
  expect(canonicalEmail(`${'m'.repeat(64)}@${domain(190)}`)).toBeNull()
})

test('the key of an address is its own key, lower case, plain ASCII and no longer than 254', () => {
  fc.assert(
    fc.property(address, (typed) => {
      const { key } = canonicalEmail(typed) ?? { key: '' }
      expect(key).toMatch(/^[!-~]{3,254}$/)
      expect(key).not.toMatch(/[A-Z]/)
      expect(canonicalEmail(key)).toEqual({ address: key, key })
    }),
  )
})

test('addresses that differ in ASCII case only have one key, and others as many as they are', () => {
  fc.assert(
    fc.property(address, address, fc.infiniteStream(fc.boolean()), (one, other, flips) => {
      const flipped = one.replace(/[A-Za-z]/g, (letter) =>
        flips.next().value ? letter.toUpperCase() : letter.toLowerCase(),
      )
      expect(canonicalEmail(flipped)?.key).toBe(canonicalEmail(one)?.key)
      const same = one.toLowerCase() === other.toLowerCase()
      expect(canonicalEmail(one)?.key === canonicalEmail(other)?.key).toBe(same)
    }),
  )
})

test('no text makes it throw, and what is no plain ASCII before its @ is no address', () => {
  const nearly = fc.tuple(fc.oneof(anyText, local), anyText).map(([before, after]) => `${before}@${after}.org`)
  fc.assert(
    fc.property(fc.oneof(anyText, nearly), (typed) => {
      const canonical = canonicalEmail(typed)
      if (!canonical) return
      expect(withoutSlips(typed)).toMatch(/^[!-~]+@/)
      expect(canonical.address).toMatch(/^[!-~]+$/)
    }),
    { numRuns: 1_000 },
  )
})

test.each([
  ['box+1@example.org', 'box@example.org'],
  ['box+1+2@example.org', 'box@example.org'],
  ['box+@example.org', 'box@example.org'],
  ['box@example.org', 'box@example.org'],
  ['b.o.x@example.org', 'b.o.x@example.org'],
  ['+1@example.org', '+1@example.org'],
  ['b.o.x@gmail.com', 'box@gmail.com'],
  ['b.ox+1.2@gmail.com', 'box@gmail.com'],
  ['bo.x@googlemail.com', 'box@gmail.com'],
  ['b.o.x@gmail.com.example.org', 'b.o.x@gmail.com.example.org'],
  ['b.o.x@not-gmail.com', 'b.o.x@not-gmail.com'],
])('%s is counted as %s', (key, mailbox) => {
  expect(mailboxKey(key)).toBe(mailbox)
})
