import { isFunction } from '@/lib/platform'
import { type Check, warning, well } from '@/scripts/doctor/check'

const everywhere = ['0.0.0.0', '::', '[::]']

/** Where a process of its own listens. */
export const listening: Check = {
  name: 'listening',
  look: async ({ env }) => {
    if (isFunction()) return well('on the platform’s terms')
    if (env === null) return warning('not looked at, for the configuration has faults', 'See configuration.')
    const seen = `${env.host}, port ${env.port}`
    if (env.mode === 'local' || !everywhere.includes(env.host)) return well(seen)
    return warning(
      `${seen}: on every interface`,
      'Whoever reaches the port goes around the proxy and can forge the header of the client. Set HOST=127.0.0.1 where the proxy runs on this machine; else let a firewall or the network of the containers admit the proxy alone.',
    )
  },
}
