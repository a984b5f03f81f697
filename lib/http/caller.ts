import { isIPv4, isIPv6 } from 'node:net'
import Bowser from 'bowser'
import { headers } from 'next/headers'
import type { Caller } from '@/lib/accounts/caller'
import { env } from '@/lib/env'

/** Who submits: the address from the one header the deployer trusts, and the device as the browser describes itself. */
export async function readCaller(): Promise<Caller> {
  const sent = await headers()
  const { trustedIpHeader } = env()
  // Without such a header only this machine can connect, and whatever a client claims is no address.
  const address = trustedIpHeader
    ? networkOf(sent.get(trustedIpHeader)?.split(',').at(-1)?.trim() ?? '')
    : 'this machine'
  return { address, device: readDevice(sent.get('user-agent') ?? '') }
}

/**
 * What an address counts as: itself if IPv4, for IPv6 the network of one subscriber (/64). A port beside it is dropped;
 * everything that is no address counts as one and the same.
 */
export function networkOf(sent: string): string {
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(sent)?.[1] ?? sent.replace(/^([\d.]+):\d+$/, '$1')
  const [address = ''] = bare.split('%')
  if (isIPv4(address)) return address
  if (!isIPv6(address)) return 'no address'
  const groups = groupsOf(address)
  const [high = 0, low = 0] = groups.slice(6)
  if (groups.slice(0, 6).join() === '0,0,0,0,0,65535') return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The eight groups of an IPv6 address; URLs have only one spelling for each. */
function groupsOf(address: string): number[] {
  const spelt = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = [], tail = []] = spelt.split('::').map((part) => part.split(':').filter(Boolean))
  const zeros = Array<string>(8 - head.length - tail.length).fill('0')
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16))
}

function readDevice(userAgent: string) {
  const { browser, os } =
    userAgent.length > 0 && userAgent.length <= 1_000 ? Bowser.parse(userAgent) : { browser: {}, os: {} }
  return { browser: known(browser.name, Bowser.BROWSER_MAP), system: known(os.name, Bowser.OS_MAP) }
}

/** Only names of a closed list: a device is shown in mails and must not carry anybody's words. */
function known(name: string | undefined, names: Record<string, string>): string | null {
  return name !== undefined && Object.values(names).includes(name) ? name : null
}
