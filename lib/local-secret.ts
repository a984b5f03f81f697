import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The secret kept in `file`, 256 bits in base64; made at the first call, for its owner only. What is there is not judged. */
export function localSecret(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  if (!existsSync(file)) make(file)
  return readFileSync(file, 'utf8')
}

/** The file appears whole and only once: of several processes at the same moment all find the first one's. */
function make(file: string): void {
  const draft = `${file}-${randomUUID()}`
  writeFileSync(draft, randomBytes(32).toString('base64'), { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
}
