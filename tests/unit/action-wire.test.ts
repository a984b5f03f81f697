import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPlainSubmission } from '@/lib/http/action-wire'

const id = `40${'a'.repeat(40)}`
const reference = JSON.stringify({ id, bound: '$@1' })
const state = '[{},"$K1"]'
const plain: [string, string][] = [
  ['$ACTION_REF_1', ''],
  ['$ACTION_1:0', reference],
  ['$ACTION_1:1', state],
  ['$ACTION_KEY', 'k1'],
  ['email', '$F1'],
]

test('what our forms send is taken, by itself and by script', () => {
  expect(isPlainSubmission(form(plain), null)).toBe(true)
  expect(isPlainSubmission(form([['0', state]]), id)).toBe(true)
  const typed = '[{"values":{"email":"$$F1"},"fieldCodes":{"email":["missing"]}},"$K1"]'
  expect(isPlainSubmission(form(replaced('$ACTION_1:1', typed)), null)).toBe(true)
})

test.each([
  ['no action', plain.filter(([name]) => !name.startsWith('$'))],
  ['a reference without its action', plain.filter(([name]) => name !== '$ACTION_1:0')],
  ['an action without its state', plain.filter(([name]) => name !== '$ACTION_1:1')],
  ['two actions', [...plain, ...plain.map(([name, value]): [string, string] => [name.replace('1', '2'), value])]],
  ['one action twice', [...plain, ['$ACTION_REF_1', '']]],
  ['a bare action', [[`$ACTION_ID_${id}`, '']]],
  ['an action of its own beside ours', [...plain, [`$ACTION_ID_${id}`, '']]],
  ['an unknown control field', [...plain, ['$ACTION_1:2', '[]']]],
  ['a short id', replaced('$ACTION_1:0', '{"id":"40aa","bound":"$@1"}')],
  ['a path as id', replaced('$ACTION_1:0', '{"id":"../../x","bound":"$@1"}')],
  ['an id in an array', replaced('$ACTION_1:0', `{"id":["${id}"],"bound":"$@1"}`)],
  ['another bound', replaced('$ACTION_1:0', `{"id":"${id}","bound":"$@2"}`)],
  ['a function', replaced('$ACTION_1:1', '["$F1"]')],
  ['a promise', replaced('$ACTION_1:1', '[{"x":"$@0"}]')],
  ['an iterator', replaced('$ACTION_1:1', '["$i1"]')],
  ['a typed array', replaced('$ACTION_1:1', '["$A1"]')],
  ['a path through a prototype', replaced('$ACTION_1:1', '["$1:__proto__:x"]')],
  ['a prototype', replaced('$ACTION_1:1', '[{"__proto__":{"x":1}}]')],
  ['three arguments', replaced('$ACTION_1:1', '[{},"$K1",{}]')],
  ['depth without end', replaced('$ACTION_1:1', `${'['.repeat(9)}${']'.repeat(9)}`)],
  ['a file as state', [...plain.filter(([name]) => name !== '$ACTION_1:1'), ['$ACTION_1:1', new File(['[]'], 'x')]]],
  ['a part that only scripts send', [...plain, ['0', state]]],
] as [string, [string, string | Blob][]][])('hidden fields with %s are refused', (_, fields) => {
  expect(isPlainSubmission(form(fields), null)).toBe(false)
})

test('whatever a hidden field holds, nothing throws, and no reference passes but the few that ours have', () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^\$[@FQKWBinDAuOVRr1-9:]{0,4}\w{0,3}$/))
  fc.assert(
    fc.property(fc.json({ stringUnit: 'grapheme' }), text, (json, string) => {
      isPlainSubmission(form(replaced('$ACTION_1:0', json)), null)
      isPlainSubmission(form([['0', json]]), string)
      const passes = isPlainSubmission(form(replaced('$ACTION_1:1', JSON.stringify([{ deep: [string] }]))), null)
      expect(passes).toBe(!/^\$(?!\$|@1$|K1$|undefined$)/.test(string))
    }),
  )
})

function form(fields: [string, string | Blob][]): FormData {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}

function replaced(name: string, value: string): [string, string][] {
  return plain.map(([each, kept]) => [each, each === name ? value : kept])
}
