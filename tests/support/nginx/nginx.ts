import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeCertificate } from '@/tests/support/certificate'
import { readExample } from '@/tests/support/example'
import { startForeignProgram, untilListening } from '@/tests/support/foreign-program'
import { onFreePort } from '@/tests/support/port'

export type Nginx = {
  port: number
  /** In PEM: who trusts it trusts this nginx. */
  certificate: string
  /** All that it wrote so far, of requests and of errors. */
  log(): Promise<string>
  stop(): Promise<void>
}

/** Starts nginx as `examples/nginx.conf` says, in front of processes at these ports. */
export function startNginx(name: string, processPorts: readonly [number, number, number, number]): Promise<Nginx> {
  return onFreePort((port) =>
    runNginx('nginx.conf', name, port, (at) => [
      ['    listen 80;\n    listen [::]:80;', `    listen 127.0.0.1:${port + 1};`],
      ['/var/log/nginx/account-access.log', at('access.log')],
      ...processPorts.map((to, index): [string, string] => [`127.0.0.1:${3001 + index} `, `127.0.0.1:${to} `]),
    ]),
  )
}

/** Starts nginx as an example says, on https at a port, with other values in their places. */
export async function runNginx(
  example: string,
  name: string,
  port: number,
  replacements: (at: (file: string) => string) => [string, string][],
): Promise<Nginx> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nginx-'))
  const at = (file: string) => path.join(folder, file)
  await makeCertificate(name, at('key.pem'), at('certificate.pem'))
  const site = await readExample(example, [
    ['listen 443 ssl http2;\n    listen [::]:443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
    ['/etc/letsencrypt/live/account.example.com/fullchain.pem', at('certificate.pem')],
    ['/etc/letsencrypt/live/account.example.com/privkey.pem', at('key.pem')],
    ['account.example.com', name],
    ...replacements(at),
  ])
  await writeFile(at('site.conf'), site)
  await writeFile(at('nginx.conf'), mainSettings(folder))
  const parameters = ['-c', at('nginx.conf'), '-p', folder, '-e', at('error.log')]
  const end = await untilListening(startForeignProgram('nginx', parameters, { debian: 'nginx-light' }), port)
  return {
    port,
    certificate: await readFile(at('certificate.pem'), 'utf8'),
    log: async () => (await readFile(at('access.log'), 'utf8')) + (await readFile(at('error.log'), 'utf8')),
    async stop() {
      await end()
      await rm(folder, { recursive: true })
    },
  }
}

/** All that the example leaves to the nginx that it is included in. */
function mainSettings(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return [
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    'daemon off;',
    'worker_processes 2;',
    `pid ${path.join(folder, 'pid')};`,
    `error_log ${path.join(folder, 'error.log')};`,
    'events { worker_connections 1024; }',
    'http {',
    ...temporary.map((name) => `${name}_temp_path ${path.join(folder, name)};`),
    `include ${path.join(folder, 'site.conf')};`,
    '}',
  ].join('\n')
}
