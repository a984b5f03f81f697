import { startCaddy } from '@/tests/support/clients/caddy'
import { runNginx } from '@/tests/support/nginx/nginx'

/** Starts a proxy on https at a port, which lets to an application whoever is signed in at a service. Returns what stops it. */
type Start = (port: number, servicePort: number, upstreamPort: number) => Promise<() => Promise<void>>

/** The proxies that there are examples of. */
export const gates = { nginx: startNginxGate, Caddy: startCaddy } satisfies Record<string, Start>

async function startNginxGate(port: number, servicePort: number, upstreamPort: number): Promise<() => Promise<void>> {
  const nginx = await runNginx('nginx-app.conf', 'localhost', port, () => [
    ['127.0.0.1:3000', `127.0.0.1:${servicePort}`],
    ['127.0.0.1:8080', `127.0.0.1:${upstreamPort}`],
  ])
  return nginx.stop
}
