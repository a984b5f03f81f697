import { AsyncLocalStorage } from 'node:async_hooks'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { BuildOutput } from '@/tests/support/functions/build-output'
import type { Invocation } from '@/tests/support/functions/instances'

type EdgeRequest = new (url: string, init: RequestInit) => Request
type Middleware = (request: Request, context: { waitUntil(promise: Promise<unknown>): void }) => Promise<Response>

/** Runs the middleware of a build output as Vercel does at the edge: in a runtime that has the web's interfaces alone. */
export function startEdge(
  { middleware: { code, environment } }: BuildOutput,
  tools: string,
  variables: Record<string, string>,
): (invocation: Invocation, origin: string) => Promise<Response> {
  const require = createRequire(join(tools, 'package.json'))
  const { EdgeRuntime } = require('edge-runtime')
  const env = { ...environment, ...variables, NEXT_RUNTIME: 'edge' }
  const runtime = new EdgeRuntime({
    extend: (context: object) =>
      Object.assign(context, { process: { env }, require: requireAtEdge, AsyncLocalStorage }),
    initialCode: code.replace('export default (', 'globalThis.middleware = ('),
  })
  const { middleware, Request } = runtime.context as { middleware: Middleware; Request: EdgeRequest }
  return ({ method, url, headers, body }, origin) => {
    const flat = Object.entries(headers).map(([name, value]): [string, string] => [name, [value].flat().join(', ')])
    const init = { method, headers: Object.fromEntries(flat), ...(body.length > 0 && { body: new Uint8Array(body) }) }
    return middleware(new Request(new URL(url, origin).href, init), { waitUntil: () => undefined })
  }
}

/** All of Node that the edge has. */
const atEdge = ['async_hooks', 'assert', 'buffer', 'events', 'util']

function requireAtEdge(name: string): unknown {
  const module = name.replace('node:', '')
  if (!atEdge.includes(module)) throw new Error(`The edge has no ${name}`)
  return createRequire(import.meta.url)(module)
}
