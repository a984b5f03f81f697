import Bowser from 'bowser'
import { headers } from 'next/headers'
import type { Caller } from '@/lib/caller'
import { env } from '@/lib/env'
import { noteMissingAddress } from '@/lib/http/missing-address'
import { clientNetwork, noAddress } from '@/lib/http/network'

/** Who submits: the network from the one header the deployer trusts, and the device as the browser describes itself. */
export async function readCaller(): Promise<Caller> {
  const sent = await headers()
  const { trustedIpHeader } = env()
  // Without such a header only this machine connects, and nothing that a client claims is used.
  const network = trustedIpHeader ? clientNetwork(sent.get(trustedIpHeader)) : 'this machine'
  if (network === noAddress) await noteMissingAddress()
  return { network, device: readDevice(sent.get('user-agent') ?? '') }
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
