import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const sources = ['app', 'lib', 'messages', 'public', 'middleware.ts', 'instrumentation.ts']
const settings = ['next.config.ts', 'package.json', 'package-lock.json', 'postcss.config.mjs', 'tsconfig.json']
const run = promisify(execFile)

/** Builds the application anew with some texts replaced, file by file, as a later deploy would. For `startApp`'s `root`; remove it. */
export async function buildAnew(changes: Record<string, (text: string) => string>): Promise<string> {
  await mkdir('test-results', { recursive: true })
  const root = await mkdtemp(path.resolve('test-results/second-build-'))
  // The name of an action is made of its path from the root of the project, and that ends at a repository's.
  await mkdir(path.join(root, '.git'))
  for (const name of [...sources, ...settings]) await cp(name, path.join(root, name), { recursive: true })
  // Links to the same files: below this repository they are on the same disk.
  await run('cp', ['-al', 'node_modules', root])
  for (const [name, change] of Object.entries(changes)) {
    const file = path.join(root, name)
    const text = await readFile(file, 'utf8')
    if (change(text) === text) throw new Error(`nothing was changed in ${name}`)
    await writeFile(file, change(text))
  }
  // Forms stay open across a deploy because every build has the same key.
  const manifest = JSON.parse(await readFile('.next/server/server-reference-manifest.json', 'utf8'))
  const key: string = manifest.encryptionKey
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key }
  await run('node_modules/.bin/next', ['build'], { cwd: root, env })
  return root
}
