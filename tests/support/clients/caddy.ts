import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeCertificate } from '@/tests/support/certificate'
import { readExample } from '@/tests/support/example'
import { startForeignProgram, untilListening } from '@/tests/support/foreign-program'

/** Starts Caddy as its example says, on https at a port, in front of a service and an application. Returns what stops it. */
export async function startCaddy(
  port: number,
  servicePort: number,
  upstreamPort: number,
): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'caddy-'))
  const at = (file: string) => path.join(folder, file)
  await makeCertificate('localhost', at('key.pem'), at('certificate.pem'))
  const own = `bind 127.0.0.1\n\ttls ${at('certificate.pem')} ${at('key.pem')}`
  const site = await readExample('Caddyfile', [
    ['\naccount.example.com {', `\nhttps://localhost:${port} {\n\t${own}`],
    ['127.0.0.1:3000', `127.0.0.1:${servicePort}`],
    ['127.0.0.1:8080', `127.0.0.1:${upstreamPort}`],
  ])
  const main = `{\n\tadmin off\n\tauto_https disable_redirects\n\tstorage file_system ${folder}\n}\n`
  await writeFile(at('Caddyfile'), main + site)
  const program = startForeignProgram('caddy', ['run', '--config', at('Caddyfile'), '--adapter', 'caddyfile'], {
    title: 'Caddy',
    debian: 'caddy',
    env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  })
  const end = await untilListening(program, port)
  return async () => {
    await end()
    await rm(folder, { recursive: true })
  }
}
