import { format } from 'node:util'
import { afterAll, afterEach } from 'vitest'

// Whatever a test prints on the console or on standard error fails it, unless it spies there because it expects it.
// Standard output carries the log of ordinary events, which is dropped.
const unexpected: string[] = []

for (const method of ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const) {
  console[method] = (...values: unknown[]) => {
    unexpected.push(`console.${method}: ${format(...values)}`)
  }
}
process.stderr.write = writer((text) => {
  if (text !== '') unexpected.push(`stderr: ${text}`)
})
process.stdout.write = writer(() => {})

afterEach(failOnOutput)
afterAll(failOnOutput)

function failOnOutput(): void {
  const output = unexpected.splice(0)
  if (output.length > 0) throw new Error(`Unexpected output:\n${output.join('\n')}`)
}

function writer(take: (text: string) => void): typeof process.stderr.write {
  return (chunk: string | Uint8Array, ...rest: unknown[]) => {
    take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
    const callback = rest.at(-1)
    if (typeof callback === 'function') callback()
    return true
  }
}
