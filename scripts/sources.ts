import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What a build is made of. */
const sources = [
  'app',
  'lib',
  'messages',
  'prisma',
  'middleware.ts',
  'instrumentation.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]
/** Generated from a source at every build. */
const client = path.join('lib', 'db', 'generated')
const mark = path.join('.next', 'made-of')
const buildId = path.join('.next', 'BUILD_ID')

export function digestSources(root = '.'): string {
  // The same sources make another build for a container.
  const digest = createHash('sha256').update(`${process.env.BUILD_TARGET ?? ''}\0`)
  for (const file of sources.flatMap((source) => filesIn(root, source)))
    digest
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  return digest.digest('hex')
}

/** Before a build: what is there is none any more. */
export function forgetBuild(root = '.'): void {
  rmSync(path.join(root, mark), { force: true })
}

/** After a build, as the last thing: it is whole, and this is what it was made of. */
export function noteBuild(digest: string, root = '.'): void {
  const draft = path.join(root, `${mark}.draft`)
  writeFileSync(draft, markOf(digest, root))
  renameSync(draft, path.join(root, mark))
}

/** Whether there is a whole build that was made of the sources as they are now, wherever it was made. */
export function isBuilt(root = '.'): boolean {
  if (![mark, buildId].every((name) => existsSync(path.join(root, name)))) return false
  return readFileSync(path.join(root, mark), 'utf8') === markOf(digestSources(root), root)
}

/** A build that somebody made in another way has another id. */
function markOf(digest: string, root: string): string {
  return `${digest} ${readFileSync(path.join(root, buildId), 'utf8')}`
}

function filesIn(root: string, name: string): string[] {
  const place = path.join(root, name)
  if (name === client || !existsSync(place)) return []
  if (!statSync(place).isDirectory()) return [name]
  return readdirSync(place)
    .sort()
    .flatMap((inner) => filesIn(root, path.join(name, inner)))
}
