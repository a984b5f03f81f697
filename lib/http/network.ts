import { isIPv4, isIPv6 } from 'node:net'

/** What everything that is no address counts as. */
export const noAddress = 'no address'

/**
 * What an address counts as: itself if IPv4, for IPv6 the network of one subscriber (/64). A port beside it is dropped;
 * everything that is no address counts as one and the same.
 */
export function networkOf(sent: string): string {
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(sent)?.[1] ?? sent.replace(/^([\d.]+):\d+$/, '$1')
  const [ip = ''] = bare.split('%')
  if (isIPv4(ip)) return ip
  if (!isIPv6(ip)) return noAddress
  const groups = groupsOf(ip)
  const [high = 0, low = 0] = groups.slice(6)
  if (groups.slice(0, 6).join() === '0,0,0,0,0,65535') return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The network of a client, by the header that the deployer trusts: what stands last in it was written by the proxy next to us. */
export function clientNetwork(sent: string | null): string {
  return networkOf(sent?.split(',').at(-1)?.trim() ?? '')
}

/** The eight groups of an IPv6 address; URLs have only one spelling for each. */
function groupsOf(ip: string): number[] {
  const spelt = new URL(`http://[${ip}]`).hostname.slice(1, -1)
  const [head = [], tail = []] = spelt.split('::').map((part) => part.split(':').filter(Boolean))
  const zeros = Array<string>(8 - head.length - tail.length).fill('0')
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16))
}
