import '@/scripts/load-env'
import { spawnSync } from 'node:child_process'
import { readBuildSecret } from '@/lib/env'
import { purposeKey } from '@/lib/secrets'
import { runCommand } from '@/scripts/run-command'
import { digestSources, forgetBuild, noteBuild } from '@/scripts/sources'

await runCommand(async () => {
  // The same key at every build keeps the forms of open pages working across a deploy.
  const key = purposeKey('server_actions', readBuildSecret(process.env)).toString('base64')
  process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= key
  // Before the build: a change during it makes the next one necessary.
  const digest = digestSources()
  forgetBuild()
  const { status } = spawnSync('next', ['build'], { stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) process.exit(status ?? 1)
  noteBuild(digest)
})
