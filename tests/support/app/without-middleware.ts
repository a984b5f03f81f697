import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { copyBuild } from '@/tests/support/app/copied-build'
import { type Service, startAnother, stopService } from '@/tests/support/app/service'

/** Runs the same application on its own data, from a build without the middleware. */
export async function useUnguarded(service: Service, use: (unguarded: Service) => Promise<void>): Promise<void> {
  const root = await copyBuild()
  await removeMiddleware(root)
  const unguarded = await startAnother(service, {}, root)
  await use(unguarded)
  await stopService(unguarded)
  await rm(root, { recursive: true })
}

async function removeMiddleware(root: string): Promise<void> {
  const manifest = join(root, '.next/server/middleware-manifest.json')
  const built = JSON.parse(await readFile(manifest, 'utf8'))
  await writeFile(manifest, JSON.stringify({ ...built, middleware: {}, sortedMiddleware: [] }))
}
