import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeCertificate } from '@/tests/support/certificate'
import { readExample } from '@/tests/support/example'
import { startForeignProgram, untilListening } from '@/tests/support/foreign-program'

/** What Debian's Apache loads by itself, and what the example says to enable. */
const modules = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc', 'headers']
const proxyModules = ['proxy', 'proxy_http', 'socache_shmcb', 'ssl']

/** Where Apache keeps what it is started with. The service is to trust its certificate before either of them runs. */
export async function prepareApache(port: number): Promise<{
  url: string
  certificate: string
  start(issuer: string, secret: string, upstreamPort: number): Promise<void>
  stop(): Promise<void>
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'apache-'))
  const at = (file: string) => path.join(folder, file)
  await makeCertificate('localhost', at('key.pem'), at('certificate.pem'))
  const url = `https://localhost:${port}`
  let end = async () => {}
  return {
    url,
    certificate: at('certificate.pem'),
    async start(issuer, secret, upstreamPort) {
      const site = await readExample('apache.conf', [
        ['<VirtualHost *:443>', `<VirtualHost 127.0.0.1:${port}>`],
        ['/etc/letsencrypt/live/wiki.example.com/fullchain.pem', at('certificate.pem')],
        ['/etc/letsencrypt/live/wiki.example.com/privkey.pem', at('key.pem')],
        ['https://account.example.com', issuer],
        ['https://wiki.example.com', url],
        ['wiki.example.com', 'localhost'],
        ['the-secret-in-APPS', secret],
        ['127.0.0.1:8080', `127.0.0.1:${upstreamPort}`],
      ])
      await writeFile(at('apache.conf'), `${mainSettings(folder, port)}\n${site}`)
      const program = startForeignProgram('apache2', ['-DFOREGROUND', '-f', at('apache.conf')], {
        debian: 'apache2 or libapache2-mod-auth-openidc',
      })
      end = await untilListening(program, port)
    },
    async stop() {
      await end()
      await rm(folder, { recursive: true })
    },
  }
}

/** All that the example leaves to the Apache that it is included in. */
function mainSettings(folder: string, port: number): string {
  return [
    ...(process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []),
    `ServerRoot ${folder}`,
    `DefaultRuntimeDir ${folder}`,
    `PidFile ${path.join(folder, 'pid')}`,
    `ErrorLog ${path.join(folder, 'error.log')}`,
    ...[...modules, ...proxyModules].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    `Listen 127.0.0.1:${port}`,
    'ServerName localhost',
  ].join('\n')
}
