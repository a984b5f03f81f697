import { spawnSync } from 'node:child_process'
import { readEnv } from '@/lib/env'
import { purposeKey } from '@/lib/keys'

// The same key at every build keeps the forms of open pages working across a deploy. What is built for a deployment
// may be built without its configuration: then the key is this machine's own.
const secret = process.env.APP_SECRET ?? readEnv({ DATA_DIR: process.env.DATA_DIR }).secret
process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ??= purposeKey('server_actions', secret).toString('base64')
const { status } = spawnSync('next', ['build'], { stdio: 'inherit', shell: process.platform === 'win32' })
process.exit(status ?? 1)
