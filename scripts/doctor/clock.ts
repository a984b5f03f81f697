import { fault, ofDatabase, warning, well } from '@/scripts/doctor/check'

const [noticedSeconds, harmfulSeconds] = [2, 60]

/** How far the clocks of this machine and of the database are apart. */
export const clock = ofDatabase('clock', async (ask) => {
  const before = Date.now()
  const [row] = await ask<{ now: number }>('SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS "now"')
  const after = Date.now()
  const now = row?.now ?? Number.NaN
  // Whatever the answer took on its way is no difference.
  const apart = Math.max(0, before - now, now - after) / 1_000
  const seen = `${apart.toFixed(1)} s from the database’s`
  const remedy = 'Have both machines set their clocks by NTP. Links, sessions and limits go by the database’s.'
  if (apart > harmfulSeconds) return fault(seen, `${remedy} Signed webhooks are refused by this machine’s.`)
  return apart > noticedSeconds ? warning(seen, remedy) : well(seen)
})
