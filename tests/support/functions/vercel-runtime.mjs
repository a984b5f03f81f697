// `fork('vercel-runtime.mjs', [folder])` serves a function of Vercel's build output as Vercel's bridge for Node does: says on
// which port, and after each request that it may be frozen, once the answer and all that it waits for are done.
import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const contexts = new AsyncLocalStorage()
globalThis[Symbol.for('@vercel/request-context')] = { get: () => contexts.getStore() }

const folder = process.argv[2]
const handler = createRequire(join(folder, 'package.json'))('./___next_launcher.cjs')

const server = createServer(async (request, response) => {
  const waitedFor = []
  const finished = once(response, 'finish')
  const context = process.env.NO_WAIT_UNTIL ? {} : { waitUntil: (promise) => waitedFor.push(promise) }
  await contexts.run(context, () => handler(request, response))
  await finished
  await Promise.allSettled(waitedFor)
  process.send('done')
})
await once(server.listen(0, '127.0.0.1'), 'listening')
process.send(server.address().port)
