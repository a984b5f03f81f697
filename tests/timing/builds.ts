import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { copyBuild } from '@/tests/support/app/copied-build'
import { formerPolicy } from '@/tests/timing/people'

/** The application as it is built, or a copy with one thing otherwise. */
export type Build = 'as it is' | 'with a former policy' | 'without decoys' | 'without a hash for the locked'

/** What is changed, in the files that hold a word. */
type Change = { word: string; found: RegExp; put: string }

const ofHashing = 'credential_malformed'

const changes: Record<Exclude<Build, 'as it is'>, Change> = {
  // [parameters, ...formerHashPolicies].map(
  'with a former policy': {
    word: ofHashing,
    found: /\[(\w+),\.\.\.[\w.]+\]\.map\(/g,
    put: `[$1,${JSON.stringify(formerPolicy)}].map(`,
  },
  // await verify(decoy, password); return false
  'without decoys': { word: ofHashing, found: /await \(0,[\w.]+\.verify\)\(\w+,\w+\),!1\}/g, put: '!1}' },
  // await verifyPassword(found?.passwordHash ?? null, password).catch(undoAndThrow); if (!guess)
  'without a hash for the locked': {
    word: 'authn_login_lock',
    found: /await (\(0,[\w.]+\)\(\w+\?\.passwordHash\?\?null,\w+\)\.catch\(\w+\));if\(!(\w+)\)/g,
    put: '$2&&await $1;if(!$2)',
  },
}

/** Returns the folder of a changed copy. Throws when what is to be changed is not in the build any more. */
export async function changedBuild(build: Exclude<Build, 'as it is'>): Promise<string> {
  const root = await copyBuild()
  const { word, found, put } = changes[build]
  let changed = 0
  for (const file of await compiled(word, join(root, '.next/server'))) {
    const code = await readFile(file, 'utf8')
    const other = code.replace(found, put)
    if (other === code) continue
    await writeFile(file, other)
    changed += 1
  }
  if (changed === 0) throw new Error(`Nothing in the build could be changed to be ${build}`)
  return root
}

async function compiled(word: string, folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'))
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
  return files.filter((_, index) => texts[index]?.includes(word)).map((name) => join(folder, name))
}
