import { expect, test, vi } from 'vitest'
import { ServicePool } from '@/lib/db/pool'
import { isFunction } from '@/lib/platform'
import { deployed, variableFaults } from '@/tests/support/variables'

const marks = {
  Vercel: { VERCEL: '1' },
  'AWS Lambda': { AWS_LAMBDA_FUNCTION_NAME: 'account-access' },
  'Cloud Run': { K_SERVICE: 'account-access' },
  'Azure Functions': { FUNCTIONS_WORKER_RUNTIME: 'node' },
}

test.for(Object.entries(marks))('on %s it is a function, which needs every variable of a deployment', ([, mark]) => {
  expect(isFunction(mark)).toBe(true)
  expect(variableFaults(mark)).toEqual(Object.keys(deployed).map((name) => `${name} is missing`))
  const http = { ...mark, APP_URL: 'http://localhost:3000' }
  expect(variableFaults(http)).toEqual(
    Object.keys(deployed)
      .filter((name) => name !== 'APP_URL')
      .map((name) => `${name} is missing`),
  )
  expect(variableFaults({ ...mark, ...deployed })).toEqual([])
})

test('anywhere else it is a process that lives on', () => {
  expect(isFunction({})).toBe(false)
  expect(isFunction({ VERCEL: '' })).toBe(false)
})

test('a function takes fewer connections', () => {
  const nowhere = 'postgresql://owner:secret@127.0.0.1:1/none'
  const { max } = new ServicePool(nowhere).options
  vi.stubEnv('VERCEL', '1')
  const { max: inFunction } = new ServicePool(nowhere).options
  expect([max, inFunction]).toEqual([5, 2])
})
