import fc from 'fast-check'
import type { Sent } from '@/tests/support/http/decoders'
import { boundaries, strangeBytes, strangeTexts, strangeTypes } from '@/tests/support/http/strange-encodings'
import { named, someAction, strangeHeaders, strangeNames, strangeValues } from '@/tests/support/http/strange-parts'

type Part = { header: string; value: string }
type Draft = { type: string; action: string | null; boundary: string; parts: Part[]; encode: (body: string) => Buffer }
/** Makes a submission strange in one way, at one of its parts. */
type Trick = (draft: Draft, part: Part) => void

const tricks: Trick[] = [
  ...strangeHeaders.map(
    (write): Trick =>
      (_, part) =>
        Object.assign(part, { header: write(nameIn(part)) }),
  ),
  ...strangeNames.map(
    (write): Trick =>
      (_, part) =>
        Object.assign(part, { header: named(write(nameIn(part))) }),
  ),
  ...strangeValues.map(
    (write): Trick =>
      (draft, part) =>
        Object.assign(part, { value: write(part.value, draft.boundary) }),
  ),
  ...strangeTypes.map(
    (write): Trick =>
      (draft) =>
        Object.assign(draft, { type: write(draft.type) }),
  ),
  ...strangeTexts.map(
    (write): Trick =>
      (draft) => {
        const { encode } = draft
        draft.encode = (body) => encode(write(body, draft.boundary))
      },
  ),
  ...strangeBytes.map(
    (encode): Trick =>
      (draft) =>
        Object.assign(draft, { encode }),
  ),
  (draft, part) => draft.parts.push({ ...part }),
  (draft, part) => draft.parts.unshift({ header: named('0'), value: part.value }),
  (draft, part) => draft.parts.splice(draft.parts.indexOf(part), 1),
  (draft) => draft.parts.reverse(),
  (draft) => draft.parts.push(...Array.from({ length: 50 }, () => ({ header: named('x'), value: '' }))),
  (draft) => Object.assign(draft, { action: draft.action === null ? someAction : null }),
  (draft) => Object.assign(draft, { action: '../x' }),
]

/** Submissions as browsers send them, with up to three tricks each. */
export const strangeBodies: fc.Arbitrary<Sent> = fc
  .record({
    scripted: fc.boolean(),
    boundary: fc.constantFrom(...boundaries),
    typed: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }),
    played: fc.array(fc.tuple(fc.constantFrom(...tricks), fc.nat()), { maxLength: 3 }),
    piece: fc.integer({ min: 1, max: 400 }),
  })
  .map(({ scripted, boundary, typed, played, piece }) => {
    const parts = scripted ? byScript(typed) : ofPage(typed)
    const type = `multipart/form-data; boundary=${boundary}`
    const draft: Draft = {
      type,
      action: scripted ? someAction : null,
      boundary,
      parts,
      encode: (body) => Buffer.from(body),
    }
    for (const [trick, at] of played) trick(draft, draft.parts[at % draft.parts.length] ?? { header: '', value: '' })
    const written = draft.parts.map(({ header, value }) => `--${boundary}\r\n${header}\r\n\r\n${value}\r\n`)
    return {
      body: draft.encode(`${written.join('')}--${boundary}--\r\n`),
      type: draft.type,
      action: draft.action,
      piece,
    }
  })

function ofPage(typed: string[]): Part[] {
  return partsOf([
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', `{"id":"${someAction}","bound":"$@1"}`],
    ['$ACTION_1:1', JSON.stringify([stateOf(typed)])],
    ['$ACTION_KEY', 'p/fr/login'],
    ...typed.map((value): [string, string] => ['email', value]),
  ])
}

function byScript(typed: string[]): Part[] {
  return partsOf([
    ...typed.map((value): [string, string] => ['_1_email', value]),
    ['0', JSON.stringify([stateOf(typed), '$K1'])],
  ])
}

/** What a form shows again, as React writes it. */
function stateOf(typed: string[]) {
  const email = typed[0]?.replace(/^\$/, '$$$$')
  return email === undefined ? {} : { fieldErrors: { email: ['Faux'] }, values: { email } }
}

function partsOf(fields: [string, string][]): Part[] {
  return fields.map(([name, value]) => ({ header: named(name), value }))
}

function nameIn({ header }: Part): string {
  return /name="([^"]*)"/.exec(header)?.[1] ?? ''
}
