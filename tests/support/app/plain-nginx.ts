import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startForeignProgram } from '@/tests/support/foreign-program'
import { onFreePort } from '@/tests/support/port'

/** Starts an nginx that passes all on to a port of this machine, as it does by itself but for these directives. */
export function startPlainNginx(to: number, directives: string[]): Promise<{ url: string; stop(): Promise<void> }> {
  return onFreePort(async (port) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'nginx-'))
    const settings = [
      'daemon off; master_process off; pid pid; error_log stderr; events {}',
      'http { access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;',
      'uwsgi_temp_path uwsgi; scgi_temp_path scgi;',
      `server { listen 127.0.0.1:${port}; location / { proxy_pass http://localhost:${to}; ${directives.join(' ')} } } }`,
    ]
    await writeFile(path.join(folder, 'nginx.conf'), settings.join('\n'))
    const { child, ended } = startForeignProgram(
      'nginx',
      ['-c', path.join(folder, 'nginx.conf'), '-p', folder, '-e', 'stderr'],
      { debian: 'nginx-light' },
    )
    let failure: Error | undefined
    ended.then((error) => {
      failure = error
    })
    const url = `http://127.0.0.1:${port}`
    while (!(await fetch(url, { redirect: 'manual' }).catch(() => null))) {
      if (failure) throw failure
      await sleep(50)
    }
    return {
      url,
      async stop() {
        child.kill('SIGKILL')
        await ended
        await rm(folder, { recursive: true })
      },
    }
  })
}
