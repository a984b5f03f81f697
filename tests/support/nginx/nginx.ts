import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { startForeignProgram } from '@/tests/support/foreign-program'
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
export async function startNginx(
  name: string,
  processPorts: readonly [number, number, number, number],
): Promise<Nginx> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nginx-'))
  const at = (file: string) => path.join(folder, file)
  await makeCertificate(name, at('key.pem'), at('certificate.pem'))
  return onFreePort(async (port) => {
    const example = await readFile('examples/nginx.conf', 'utf8')
    const replacements: [string, string][] = [
      ['    listen 80;\n    listen [::]:80;', `    listen 127.0.0.1:${port + 1};`],
      ['listen 443 ssl http2;\n    listen [::]:443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
      ['account.example.com', name],
      [`/etc/letsencrypt/live/${name}/fullchain.pem`, at('certificate.pem')],
      [`/etc/letsencrypt/live/${name}/privkey.pem`, at('key.pem')],
      ['/var/log/nginx/account-access.log', at('access.log')],
      ...processPorts.map((to, index): [string, string] => [`127.0.0.1:${3001 + index} `, `127.0.0.1:${to} `]),
    ]
    await writeFile(at('site.conf'), replaceAll(example, replacements))
    await writeFile(at('nginx.conf'), mainSettings(folder))
    const { child, ended } = startForeignProgram(
      'nginx',
      ['-c', at('nginx.conf'), '-p', folder, '-e', at('error.log')],
      { debian: 'nginx-light' },
    )
    const failure = await Promise.race([ended, untilItListens(port)])
    if (failure) throw failure
    const killed = () => child.kill('SIGTERM')
    process.once('exit', killed)
    return {
      port,
      certificate: await readFile(at('certificate.pem'), 'utf8'),
      log: async () => (await readFile(at('access.log'), 'utf8')) + (await readFile(at('error.log'), 'utf8')),
      async stop() {
        process.off('exit', killed)
        child.kill('SIGTERM')
        await ended
        await rm(folder, { recursive: true })
      },
    }
  })
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

function replaceAll(text: string, replacements: [string, string][]): string {
  return replacements.reduce((rest, [from, to]) => {
    if (!rest.includes(from)) throw new Error(`the example has no ${from}`)
    return rest.replaceAll(from, to)
  }, text)
}

async function makeCertificate(name: string, key: string, certificate: string): Promise<void> {
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  await promisify(execFile)('openssl', ['req', '-x509', ...kind, ...names, '-keyout', key, '-out', certificate])
}

async function untilItListens(port: number): Promise<Error | undefined> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = connect(port, '127.0.0.1')
    const listens = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (listens) return
    await sleep(50)
  }
  return new Error('nginx does not listen')
}
