import { UsageError } from '@/scripts/commands/command'

const most = 1_000
const units: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 }

/** How many rows to show: 50 where nothing is said. */
export function readLimit(text: unknown): number {
  if (text === undefined) return 50
  const limit = /^\d{1,4}$/.test(String(text)) ? Number(text) : 0
  if (limit < 1 || limit > most) throw new UsageError(`--limit takes a whole number from 1 to ${most}.`)
  return limit
}

/** How many seconds back: `90s`, `30m`, `2h`, `7d`; null where nothing is said. */
export function readSince(text: unknown): number | null {
  if (text === undefined) return null
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(String(text)) ?? []
  if (count === undefined) throw new UsageError('--since takes a number and s, m, h or d, such as 2h.')
  return Number(count) * (units[unit] ?? 0)
}
