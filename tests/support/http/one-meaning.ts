import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { boundaryOf, type Field, readMultipart } from '@/lib/http/multipart'
import { isPlainSubmission } from '@/lib/http/plain-submission'
import { callOf, fieldsOfBusboy, formOfNode, type Sent } from '@/tests/support/http/decoders'
import { strangeBodies } from '@/tests/support/http/strange-bodies'

/** The fields that a check has found and let pass; null when it refuses. */
export type Check = (sent: Sent) => Promise<Field[] | null>

/** What the middleware does. */
export const ourCheck: Check = async ({ body, type, action }) => {
  const boundary = boundaryOf(type)
  const fields = boundary && readMultipart(body, boundary)
  return fields && isPlainSubmission(fields, action) ? fields : null
}

/**
 * Lets a check see strange submissions, and fails unless all readers find in those that pass what the check found there,
 * and React nothing but plain values. Returns how many passed.
 */
export async function expectOneMeaning(check: Check, numRuns: number, seed: number): Promise<number> {
  let passed = 0
  const property = fc.asyncProperty(strangeBodies, async (sent) => {
    const fields = await check(sent)
    if (!fields) return
    passed += 1
    const readings = [fields, await fieldsOfBusboy(sent), [...(await formOfNode(sent))]]
    if (!readings.every((reading) => isDeepStrictEqual(reading, fields))) throw new Error('readers disagree')
    const { id, values } = await callOf(sent)
    const [state, form, ...more] = values
    if (!/^[0-9a-f]{42}$/.test(id) || !isPlain(state) || more.length > 0) throw new Error('React finds more than text')
    if (!isDeepStrictEqual(form instanceof FormData && [...form], ordinary(fields, sent)))
      throw new Error('another form')
  })
  await fc.assert(property, { numRuns, seed })
  return passed
}

/** The fields that an action gets. */
function ordinary(fields: Field[], { action }: Sent): Field[] {
  if (action === null) return fields.filter(([name]) => !name.startsWith('$'))
  return fields.filter(([name]) => name !== '0').map(([name, value]) => [name.slice('_1_'.length), value])
}

/** JSON, and own properties of ordinary objects. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function' && typeof value !== 'symbol'
  const prototype = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === Array.prototype) && Object.values(value).every(isPlain)
}
