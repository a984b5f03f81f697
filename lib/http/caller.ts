import { isIPv6 } from 'node:net'
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

/** An IPv6 network of one subscriber (/64) counts as one address. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? []
  const groups = head.split(':').filter(Boolean)
  const missing = address.includes('::') ? 8 - groups.length - tail.split(':').filter(Boolean).length : 0
  const full = [...groups, ...Array<string>(missing).fill('0'), ...tail.split(':').filter(Boolean)]
  return `${full
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
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
