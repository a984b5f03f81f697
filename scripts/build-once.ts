import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { isBuilt } from '@/scripts/sources'

// Builds, unless what is there was made of the same sources and the client of the database is there too.
if (!isBuilt() || !existsSync('lib/db/generated')) {
  const { status } = spawnSync('npm', ['run', 'build'], { stdio: 'inherit', shell: process.platform === 'win32' })
  process.exitCode = status ?? 1
}
