import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Lane, openLane } from '@/lib/http/lane'

const policy = { atOnce: 2, patienceMs: 2_000, maxWaiting: 100, usualMs: 200 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('as many are served at once as have a place, and then who waited longest', () => {
  const lane = openLane(policy)
  const told: string[] = []
  const leave = ['a', 'b', 'c', 'd'].map((name) => visit(lane, told, name))
  expect(told).toEqual(['a served', 'b served'])
  leave[1]?.()
  leave[1]?.()
  expect(told.slice(2)).toEqual(['c served'])
  leave[0]?.()
  expect(told.slice(3)).toEqual(['d served'])
})

test('there is room for as many as have their turn in time at the pace of late, and the rest are refused at once', () => {
  const lane = openLane(policy)
  const told: string[] = []
  for (let index = 0; index < 40; index += 1) visit(lane, told, `${index}`, `network ${index}`)
  // Two at once, and ten times two that take a fifth of a second each.
  expect(told).toEqual(['0 served', '1 served', ...Array.from({ length: 18 }, (_, index) => `${22 + index} refused`)])
})

test('a pace that is slower than it was leaves less room', () => {
  const lane = openLane(policy)
  for (let times = 0; times < 200; times += 1) {
    const leave = visit(lane, [], 'slow')
    vi.advanceTimersByTime(1_000)
    leave()
  }
  const told: string[] = []
  for (let index = 0; index < 12; index += 1) visit(lane, told, `${index}`, `network ${index}`)
  expect(told.filter((each) => each.endsWith('refused'))).toHaveLength(12 - 2 - 4)
})

test('who has had no turn in time is told so, and is not served later', () => {
  const lane = openLane(policy)
  const told: string[] = []
  const leave = ['a', 'b', 'c'].map((name) => visit(lane, told, name))
  vi.advanceTimersByTime(policy.patienceMs)
  for (const each of leave) each()
  expect(told).toEqual(['a served', 'b served', 'c refused'])
})

test('who leaves the line is not served, and makes room', () => {
  const lane = openLane(policy)
  const told: string[] = []
  const leave = Array.from({ length: 22 }, (_, index) => visit(lane, told, `${index}`, `network ${index}`))
  expect(lane.isFull(['another network'])).toBe(true)
  leave[2]?.()
  expect(lane.isFull(['another network'])).toBe(false)
  leave[0]?.()
  expect(told.at(-1)).toBe('3 served')
})

test('of one network no more than eight wait once half of the room is used, and others find the rest', () => {
  const lane = openLane(policy)
  const told: string[] = []
  const leave = Array.from({ length: 20 }, (_, index) => visit(lane, told, `${index}`, 'one network'))
  // Two at once, and half of a room of twenty.
  expect(told.slice(2)).toEqual(Array.from({ length: 8 }, (_, index) => `${12 + index} refused`))
  visit(lane, told, 'another', 'another network')
  expect(told.at(-1)).not.toBe('another refused')
  leave[0]?.()
  leave[1]?.()
  leave[2]?.()
  expect(lane.isFull(['one network'])).toBe(false)
})

test('where no network is known, none is held apart', () => {
  const lane = openLane(policy)
  const told: string[] = []
  for (let index = 0; index < 23; index += 1)
    lane.join(
      [],
      () => told.push(`${index} served`),
      () => told.push(`${index} refused`),
    )
  expect(told.slice(2)).toEqual(['22 refused'])
})

test('nor are more of a larger network in line than four times as many, however many small ones it has', () => {
  const lane = openLane({ ...policy, usualMs: 40 })
  const told: string[] = []
  for (let index = 0; index < 120; index += 1)
    visit(lane, told, `${index}`, `64 ${index}`, `56 ${index >> 4}`, 'the one /48')
  expect(told.filter((each) => each.endsWith('refused'))).toHaveLength(120 - 2 - 50)
  expect(lane.isFull(['another', 'another /56', 'another /48'])).toBe(false)
})

test('a place is given back though nobody takes the answer', () => {
  const lane = openLane(policy)
  const told: string[] = []
  visit(lane, told, 'a')
  visit(lane, told, 'b')
  vi.advanceTimersByTime(9_000)
  visit(lane, told, 'c')
  vi.advanceTimersByTime(1_000)
  expect(told).toEqual(['a served', 'b served', 'c served'])
})

function visit(lane: Lane, told: string[], name: string, ...networks: string[]): () => void {
  return lane.join(
    networks.length > 0 ? networks : [name],
    () => told.push(`${name} served`),
    () => told.push(`${name} refused`),
  )
}
