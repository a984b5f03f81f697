import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { onFreePort } from '@/tests/support/port'

const files = {
  'package.json': '{ "type": "module" }',
  // The packages are elsewhere, so the root that holds both is the file system's.
  'next.config.js': `export default { turbopack: { root: '/' } }`,
  'app/layout.jsx': `export const dynamic = 'force-dynamic'
export default ({ children }) => <html lang="en"><body>{children}</body></html>`,
  'app/page.jsx': 'export default () => <h1>Nothing</h1>',
}

/** Builds and starts an application of one page that does nothing, with the same Next.js: what everything else is measured by. */
export async function startBarePage(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bare-page-'))
  await mkdir(path.join(folder, 'app'))
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  await symlink(path.resolve('node_modules'), path.join(folder, 'node_modules'))
  const next = path.join(folder, 'node_modules/.bin/next')
  await promisify(execFile)(next, ['build'], { cwd: folder })
  return onFreePort(async (port) => {
    const child = spawn(next, ['start', '-H', '127.0.0.1', '-p', String(port)], { cwd: folder, detached: true })
    const said = new Promise((resolve, reject) => {
      child.stdout.on('data', (text) => String(text).includes('Ready in') && resolve(null))
      child.once('exit', () => reject(new Error('EADDRINUSE, or the bare page does not start')))
    })
    await said
    const stop = async () => {
      const exited = once(child, 'exit')
      process.kill(-(child.pid ?? 0), 'SIGKILL')
      await exited
      await rm(folder, { recursive: true })
    }
    return { url: `http://localhost:${port}`, stop }
  })
}
