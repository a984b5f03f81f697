import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test as base, type Service } from '@/tests/e2e/fixtures'
import { startApp } from '@/tests/support/app'

/** Adds the same application, on the same data, from a build whose middleware has been taken out. */
export const test = base.extend<object, { unguarded: Service }>({
  unguarded: [
    async ({ service }, use) => {
      const root = await mkdtemp(join(tmpdir(), 'without-middleware-'))
      await copyBuild(root)
      const app = await startApp({ root, env: service.settings })
      await use({ ...service, app, url: app.url, origin: app.url })
      await app.stop()
      await rm(root, { recursive: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

async function copyBuild(root: string): Promise<void> {
  const apart = ['.next', '.git', '.data', 'test-results']
  for (const name of await readdir('.')) if (!apart.includes(name)) await symlink(resolve(name), join(root, name))
  await cp('.next', join(root, '.next'), { recursive: true, verbatimSymlinks: true })
  const manifest = join(root, '.next/server/middleware-manifest.json')
  const built = JSON.parse(await readFile(manifest, 'utf8'))
  await writeFile(manifest, JSON.stringify({ ...built, middleware: {}, sortedMiddleware: [] }))
}
