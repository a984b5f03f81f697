import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Field } from '@/lib/http/multipart'
import { isPlainSubmission } from '@/lib/http/plain-submission'

const id = `40${'a'.repeat(40)}`
const reference = `{"id":"${id}","bound":"$@1"}`
const typed = '{"values":{"email":"$$F1"},"fieldErrors":{"email":["Missing"]}}'
const page: Field[] = [
  ['$ACTION_REF_1', ''],
  ['$ACTION_1:0', reference],
  ['$ACTION_1:1', '[{}]'],
  ['$ACTION_KEY', 'p/fr/login'],
  ['email', '$F1'],
]
const script: Field[] = [...page.map(([name, value]): Field => [`_1_${name}`, value]), ['0', '[{},"$K1"]']]

test('what our forms send is taken, by itself and by script', () => {
  expect(isPlainSubmission(page, null)).toBe(true)
  expect(isPlainSubmission(replaced(page, '$ACTION_1:1', `[${typed}]`), null)).toBe(true)
  expect(isPlainSubmission(script, id)).toBe(true)
  expect(isPlainSubmission(replaced(script, '0', `[${typed},"$K1"]`), id)).toBe(true)
  expect(isPlainSubmission([['0', '[{},"$K1"]']], id)).toBe(true)
})

test.each<[string, Field[]]>([
  ['no action', page.filter(([name]) => !name.startsWith('$'))],
  ...['$ACTION_REF_1', '$ACTION_1:0', '$ACTION_1:1', '$ACTION_KEY'].flatMap((name): [string, Field[]][] => [
    [`no ${name}`, page.filter(([each]) => each !== name)],
    [`${name} twice`, [...page, ...page.filter(([each]) => each === name)]],
  ]),
  ['two actions', [...page, ...page.map(([name, value]): Field => [name.replace('1', '2'), value])]],
  ['the state of another form', page.map(([name, value]): Field => [name.replace('1:1', '2:1'), value])],
  ['a bare action', [[`$ACTION_ID_${id}`, '']]],
  ['an action of its own beside ours', [...page, [`$ACTION_ID_${id}`, '']]],
  ['an unknown control field', [...page, ['$ACTION_1:2', '[]']]],
  ['a text with the action', replaced(page, '$ACTION_REF_1', 'x')],
  ['a short id', replaced(page, '$ACTION_1:0', '{"id":"40aa","bound":"$@1"}')],
  ['a path as id', replaced(page, '$ACTION_1:0', '{"id":"../../x","bound":"$@1"}')],
  ['an id in an array', replaced(page, '$ACTION_1:0', `{"id":["${id}"],"bound":"$@1"}`)],
  ['two ids', replaced(page, '$ACTION_1:0', `{"id":"${id}","id":"${id}","bound":"$@1"}`)],
  ['a space before the id', replaced(page, '$ACTION_1:0', ` ${reference}`)],
  ['another bound', replaced(page, '$ACTION_1:0', `{"id":"${id}","bound":"$@2"}`)],
  ['nothing bound', replaced(page, '$ACTION_1:0', `{"id":"${id}","bound":null}`)],
  ...strange('').map(([what, state]): [string, Field[]] => [what, replaced(page, '$ACTION_1:1', state)]),
  ['a form as second argument', replaced(page, '$ACTION_1:1', '[{},"$K1"]')],
  ...['0', '1', '0x0', ' 0', ''].map((name): [string, Field[]] => [`a field ${name}`, [...page, [name, '[{}]']]]),
])('hidden fields with %s are refused', (_, fields) => {
  expect(isPlainSubmission(fields, null)).toBe(false)
})

test.each<[string, Field[]]>([
  ['no arguments', script.slice(0, -1)],
  ['arguments twice', [...script, ['0', '[{},"$K1"]']]],
  ['arguments before the form', [...script].reverse()],
  ['fields of a page', page],
  ['fields of a page beside', [...page, ...script]],
  ...strange(',"$K1"').map(([what, args]): [string, Field[]] => [what, replaced(script, '0', args)]),
  ['no form', replaced(script, '0', '[{}]')],
  ['another form', replaced(script, '0', '[{},"$K2"]')],
  ['two forms', replaced(script, '0', '["$K1","$K1"]')],
  ['a third argument', replaced(script, '0', '[{},"$K1",{}]')],
  ...['1', '0x0', '00', ' 0', '', 'S0', '_2_email', 'email'].map((name): [string, Field[]] => [
    `a field ${name}`,
    [[name, '[{},"$K1"]'], ...script],
  ]),
])('a call with %s is refused', (_, fields) => {
  expect(isPlainSubmission(fields, id)).toBe(false)
})

test.each(['', '../../x', id.slice(1), `${id}a`, id.toUpperCase(), `${id}, ${id}`])(
  'a call of the action %j is refused',
  (action) => {
    expect(isPlainSubmission(script, action)).toBe(false)
  },
)

test('whatever a hidden field holds, nothing throws, and no reference passes but the few that ours have', () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^\$[@FQKWBinDAuOVRr1-9:]{0,4}\w{0,3}$/))
  fc.assert(
    fc.property(fc.json({ stringUnit: 'grapheme' }), text, (json, string) => {
      isPlainSubmission(replaced(page, '$ACTION_1:0', json), null)
      isPlainSubmission(replaced(script, '0', json), string)
      const state = JSON.stringify({ deep: [string] })
      const isText = !/^\$(?!\$|undefined$)/.test(string)
      expect(isPlainSubmission(replaced(page, '$ACTION_1:1', `[${state}]`), null)).toBe(isText)
      expect(isPlainSubmission(replaced(script, '0', `[${state},"$K1"]`), id)).toBe(isText)
    }),
  )
})

/** What may not stand where a state stands, before the rest of the arguments. */
function strange(rest: string): [string, string][] {
  return [
    ['a function', `["$F1"${rest}]`],
    ['a promise', `[{"x":"$@0"}${rest}]`],
    ['an iterator', `[{"x":["$i1"]}${rest}]`],
    ['a typed array', `[{"x":"$A1"}${rest}]`],
    ['a path through a prototype', `[{"x":"$1:__proto__:x"}${rest}]`],
    ['a prototype', `[{"__proto__":{"x":1}}${rest}]`],
    ['a second state', `[{},{}${rest}]`],
    ['an array as state', `[[]${rest}]`],
    ['a text as state', `["x"${rest}]`],
    ['null as state', `[null${rest}]`],
    ['depth without end', `[{"x":${'['.repeat(9)}${']'.repeat(9)}}${rest}]`],
    ['broken JSON', `[{}${rest}`],
    ['no JSON', ''],
  ]
}

function replaced(fields: Field[], name: string, value: string): Field[] {
  return fields.map(([each, kept]) => [each, each === name ? value : kept])
}
