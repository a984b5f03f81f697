import { z } from 'zod'

/** Names of a browser and a system as shown to a person, from a closed list; null where unknown. */
export const deviceSchema = z.object({ browser: z.string().nullable(), system: z.string().nullable() })

export type Device = z.infer<typeof deviceSchema>

/** Who submits. `network` is an IPv4 address or an IPv6 /64, spelt by `networkOf`. Both are only as true as the proxy and the browser say. */
export type Caller = { network: string; device: Device }

/** The networks that a caller's is part of, itself first: of an IPv6 /64 also its /56 and /48, which one subscriber may hold. */
export function networksOf(network: string): string[] {
  const [, site = '', subnet = ''] = /^((?:[0-9a-f]{1,4}:){3})([0-9a-f]{1,4})::\/64$/.exec(network) ?? []
  if (site === '') return [network]
  const half = (Number.parseInt(subnet, 16) & 0xff00).toString(16)
  return [network, `${site}${half}::/56`, `${site}:/48`]
}
