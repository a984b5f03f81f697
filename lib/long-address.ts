/**
 * How long an address may be that an answer leads to: signs. Proxies take some 8,000 for all headers, and hold more than that for a
 * fault of the process, which they then leave alone.
 */
const longest = 6_000

/** Whether no answer can lead to an address. Whatever was asked for may be three times as long once it is written as one. */
export function isTooLong(address: string): boolean {
  return address.length > longest
}
