import fc from 'fast-check'
import { expect, test } from 'vitest'
import { networksOf } from '@/lib/caller'
import { networkOf } from '@/lib/http/network'
import { anyText } from '@/tests/support/any-text'

const groups = (count: number) => fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: count, maxLength: count })
/** Zeros as often as not, so that there is something to shorten. */
const sparse = (count: number) =>
  fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: count, maxLength: count })
const choices = fc.infiniteStream(fc.nat())

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:54321', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
  ['::ffff:0.0.0.0', '0.0.0.0'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
  ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::2:3:4:192.0.2.1', '0:0:0:2::/64'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test.each(['', 'unknown', '_hidden', '192.0.2', '192.0.2.256', '192.0.2.01', '1.2.3.4.5', '3221225985', '0xc0000201'])(
  '%j, which is no address, counts as everything that is none',
  (text) => {
    expect(networkOf(text)).toBe(networkOf('garbage'))
  },
)

test('addresses of one /64 are one network in every spelling, and of two are two', () => {
  fc.assert(
    fc.property(sparse(4), groups(4), groups(4), sparse(4), choices, (network, one, other, elsewhere, stream) => {
      fc.pre(network.some(Boolean) && String(network) !== String(elsewhere) && elsewhere.some(Boolean))
      const expected = networkOf([...network, ...one].map((group) => group.toString(16)).join(':'))
      expect(networkOf(spell([...network, ...one], stream))).toBe(expected)
      expect(networkOf(spell([...network, ...other], stream))).toBe(expected)
      expect(networkOf(spell([...elsewhere, ...one], stream))).not.toBe(expected)
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['2001:db8:1:12ab::/64', ['2001:db8:1:12ab::/64', '2001:db8:1:1200::/56', '2001:db8:1::/48']],
  ['2001:db8:1:ab::/64', ['2001:db8:1:ab::/64', '2001:db8:1:0::/56', '2001:db8:1::/48']],
  ['0:0:0:0::/64', ['0:0:0:0::/64', '0:0:0:0::/56', '0:0:0::/48']],
  ['192.0.2.1', ['192.0.2.1']],
  ['no address', ['no address']],
  ['this machine', ['this machine']],
])('%s is part of %j', (network, all) => {
  expect(networksOf(network)).toEqual(all)
})

test('two addresses share a /56 or a /48 exactly when so many of their first bits are the same', () => {
  fc.assert(
    fc.property(groups(3), groups(3), groups(2), groups(4), fc.boolean(), (site, other, [a = 0, b = 0], rest, same) => {
      const address = (head: number[], subnet: number) =>
        [...head, subnet, ...rest].map((group) => group.toString(16)).join(':')
      fc.pre(String(site) !== String(other) && Number(`0x${site[0]}`) !== 0)
      const second = same ? (a & 0xff00) | (b & 0xff) : b
      const [one, two, elsewhere] = [address(site, a), address(site, second), address(other, a)].map((text) =>
        networksOf(networkOf(text)),
      )
      fc.pre(one?.length === 3 && two?.length === 3)
      expect(one?.[1] === two?.[1]).toBe(a >> 8 === second >> 8)
      expect(one?.[2]).toBe(two?.[2])
      expect(elsewhere?.[2]).not.toBe(one?.[2])
    }),
    { numRuns: 300 },
  )
})

test('IPv4 addresses are as many as they are, mapped into IPv6 or not', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), choices, (one, other, stream) => {
      const [a = 0, b = 0, c = 0, d = 0] = one.split('.').map(Number)
      expect(networkOf(one)).toBe(one)
      expect(networkOf(spell([0, 0, 0, 0, 0, 0xffff, a * 256 + b, c * 256 + d], stream))).toBe(one)
      expect(networkOf(one) === networkOf(other)).toBe(one === other)
    }),
  )
})

test('no text makes it throw, and what comes out is an address, a network or one word for the rest', () => {
  const nearly = fc
    .array(fc.constantFrom(...'0123456789abcdefF:.%[]/ '), { maxLength: 45 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(anyText, nearly, fc.ipV6()), (text) => {
      expect(networkOf(text)).toMatch(/^(?:(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{1,4}:){4}:\/64|no address)$/)
    }),
    { numRuns: 500 },
  )
})

/** One of the many ways to write an IPv6 address: zeros shortened or not, any case, the end in decimals, a zone. */
function spell(address: number[], stream: fc.Stream<number>): string {
  const choose = (count: number) => (stream.next().value ?? 0) % count
  const written = address.map((group) => {
    const text = group.toString(16).padStart(choose(2) * 4, '0')
    return choose(2) ? text.toUpperCase() : text
  })
  const [high = 0, low = 0] = address.slice(6)
  if (choose(2)) written.splice(6, 2, [high >> 8, high & 255, low >> 8, low & 255].join('.'))
  const start = choose(written.length)
  const zeros = address.slice(start, 6).findIndex((group) => group !== 0)
  const length = zeros < 0 ? Math.max(0, 6 - start) : zeros
  if (length > 0 && choose(2)) {
    const [head, tail] = [written.slice(0, start), written.slice(start + length)]
    written.splice(0, written.length, `${head.join(':')}::${tail.join(':')}`)
  }
  return `${written.join(':')}${choose(4) ? '' : '%eth0'}`
}
