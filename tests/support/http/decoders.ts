import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { compileFunction } from 'node:vm'
import type { Field } from '@/lib/http/multipart'

/** The bytes of a client, and what its headers say of them. */
export type Submission = { body: Buffer; type: string; action: string | null }

/** The same as they come, in pieces of so many bytes. */
export type Sent = Submission & { piece: number }

/** What an action is called with. */
export type Call = { id: string; values: unknown[] }

type Exports = Record<string, (...values: unknown[]) => unknown>

const require = createRequire(import.meta.url)
const compiled = join(dirname(require.resolve('next/package.json')), 'dist/compiled')
const busboy = require('next/dist/compiled/busboy') as (options: object) => Writable
const react = load('react/cjs/react.react-server.production.js')
const dom = load('react-dom/cjs/react-dom.react-server.production.js', { 'next/dist/compiled/react': react })
const decoder = load('react-server-dom-turbopack/cjs/react-server-dom-turbopack-server.node.production.js', {
  react,
  'react-dom': dom,
})

/** The fields that Next finds when it takes a submission by script. */
export async function fieldsOfBusboy(sent: Sent): Promise<Field[]> {
  const fields: Field[] = []
  const reader = busboyOf(sent)
  reader.on('field', (name: string, value: string) => fields.push([name, value]))
  reader.on('file', (name: string, file: Readable) => {
    fields.push([name, 'a file'])
    file.resume()
  })
  await pipeline(inPieces(sent), reader)
  return fields
}

/** The form that Next finds when it takes a submission of a page. */
export function formOfNode({ body, type }: Sent): Promise<FormData> {
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
}

/** What React makes of a submission, read as Next reads it: the call of an action, none of which exists. */
export async function callOf(sent: Sent): Promise<Call> {
  if (sent.action !== null) {
    const reader = busboyOf(sent)
    const [, values] = await Promise.all([
      pipeline(inPieces(sent), reader),
      decoder.decodeReplyFromBusboy?.(reader, nothing, {}) as Promise<unknown[]>,
    ])
    return { id: sent.action, values }
  }
  const action = (await decoder.decodeAction?.(await formOfNode(sent), anything)) as () => Call
  return action()
}

const nothing = new Proxy({}, { get: (_, id) => fail(`asks for the module ${String(id)}`) })
const anything = new Proxy({}, { get: (_, id) => ({ id, name: 'call', chunks: [] }) })
Object.assign(globalThis, { __next_require__: (id: string) => ({ call: (...values: unknown[]) => ({ id, values }) }) })

function busboyOf({ type }: Sent): Writable {
  return busboy({ defParamCharset: 'utf8', headers: { 'content-type': type }, limits: { fieldSize: 16 * 1024 } })
}

function inPieces({ body, piece }: Sent): Readable {
  const starts = Array.from({ length: Math.ceil(body.length / piece) }, (_, index) => index * piece)
  return Readable.from(starts.map((start) => body.subarray(start, start + piece)))
}

/** Loads what is bundled with Next where it finds the React of servers, which only that bundle is given. */
function load(file: string, others: Record<string, unknown> = {}): Exports {
  const module = { exports: {} as Exports }
  const run = compileFunction(readFileSync(join(compiled, file), 'utf8'), ['module', 'exports', 'require'])
  run(module, module.exports, (name: string) => others[name] ?? require(name))
  return module.exports
}

function fail(what: string): never {
  throw new Error(what)
}
