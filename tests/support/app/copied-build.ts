import { cp, mkdtemp, readdir, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Copies the built application into a folder of its own, where the build can be changed. For `startApp`'s `root`; remove it. */
export async function copyBuild(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'built-copy-'))
  const apart = ['.next', '.git', '.data', 'test-results']
  for (const name of await readdir('.')) if (!apart.includes(name)) await symlink(resolve(name), join(root, name))
  await cp('.next', join(root, '.next'), { recursive: true, verbatimSymlinks: true })
  return root
}
