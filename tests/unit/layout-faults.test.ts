import { expect, test } from 'vitest'
import { type Layout, layoutFaults } from '@/tests/support/engines/layout'

const field = { what: 'input email', left: 20, top: 100, width: 350, height: 44 }
const button = { what: 'button', left: 20, top: 160, width: 350, height: 44 }
const model: Layout = { inner: 390, scrolled: 390, boxes: [field, button] }
const faultsOf = (changes: Partial<Layout>) => layoutFaults({ ...model, ...changes }, model)

test('a layout that differs as fonts do is not broken', () => {
  expect(faultsOf({})).toEqual([])
  expect(faultsOf({ boxes: [field, { ...button, top: 168, height: 40 }] })).toEqual([])
})

test('what scrolls sideways, is absent, moved, too small or covered is a fault of the layout', () => {
  expect(faultsOf({ scrolled: 420 })).toEqual(['it scrolls sideways: 420 of 390'])
  expect(faultsOf({ boxes: [field] })).toHaveLength(1)
  expect(faultsOf({ boxes: [{ ...field, left: 60, width: 310 }, button] })).toHaveLength(2)
  expect(faultsOf({ boxes: [field, { ...button, height: 10 }] })).toEqual(['button: height 10, not 44'])
  expect(faultsOf({ boxes: [field, { ...button, top: 120 }] })).toContain('input email covers button')
})
