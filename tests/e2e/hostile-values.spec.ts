import { expect } from '@playwright/test'
import { isOfAccount, readActions } from '@/tests/support/app/actions'
import { test } from '@/tests/support/browser/test'
import { claimsOf, stateOf } from '@/tests/support/http/claims'
import { newAddress, rawPost } from '@/tests/support/http/forms'
import { joinRaw, logInRaw } from '@/tests/support/http/raw-walks'

const wires = ['[]', '[null]', '7', '["$undefined"]', '[{"not":""}]', '[["a","b"]]', '["$n1"]', '["$F1"]', '[{},"$Q1"]']

test('no strange value given to an action of an account is answered as a fault of ours', async ({ service }) => {
  const person = await joinRaw(service)
  for (const action of (await readActions()).filter(isOfAccount)) {
    const cookie = await logInRaw(service, person)
    const names = Object.keys(claimsOf(person))
    const strange: Record<string, [string, string | Blob][]> = {
      nothing: [],
      'a field twice': names.flatMap((name): [string, string][] => [
        [name, 'x'],
        [name, 'y'],
      ]),
      'a file': names.map((name) => [name, new File(['x'], 'x.txt')]),
      NUL: names.map((name) => [name, 'x\0']),
      'ill-formed UTF-16': names.map((name) => [name, '\ud800']),
      'a long text': names.map((name) => [name, 'x'.repeat(600)]),
      'a prototype': [...names, '__proto__'].map((name) => [name, '__proto__']),
    }
    const posts = [
      ...Object.entries(strange).map(([what, fields]) => ({ what, fields: scripted(fields) })),
      ...wires.map((wire) => ({ what: wire, fields: [['0', wire]] as [string, string][] })),
    ]
    for (const { what, fields } of posts) {
      const headers = { cookie, 'next-action': action.actionId, 'x-test-address': newAddress() }
      const answer = await rawPost(service.url, action.path, { fields, headers })
      expect.soft(answer.status, `${action.name}, ${what}`).toBeLessThan(500)
      expect.soft(await answer.text(), `${action.name}, ${what}`).not.toMatch(/at \S+ \(|node_modules/)
    }
  }
  const state = await stateOf(service, person)
  expect(state.email).toBe(person.email)
  expect(state.version).toBe(1)
})

function scripted(fields: [string, string | Blob][]): [string, string | Blob][] {
  return [...fields.map(([name, value]): [string, string | Blob] => [`_1_${name}`, value]), ['0', '[{},"$K1"]']]
}
