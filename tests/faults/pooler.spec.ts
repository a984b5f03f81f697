import { expect } from '@playwright/test'
import { databaseLimits } from '@/scripts/doctor/database-limits'
import { connectPlainly } from '@/scripts/plain-connection'
import { startApp } from '@/tests/support/app/app'
import type { Service } from '@/tests/support/app/service'
import { expectLaws } from '@/tests/support/checks/laws'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import {
  askForResetRaw,
  changePasswordRaw,
  joinRaw,
  logInRaw,
  redeemResetRaw,
  succeeded,
} from '@/tests/support/http/raw-walks'
import { linkIn, mailTo } from '@/tests/support/mail/swept-mail'
import { newPassword } from '@/tests/support/person'
import { startPooler } from '@/tests/support/postgres/pooler'
import { query } from '@/tests/support/postgres/query'

for (const [which, isSilent] of [
  ['PgBouncer', false],
  ['a PgBouncer that lets nobody notice it', true],
] as const)
  test(`behind ${which}, which gives each transaction whatever connection is free, ten people at once get back in`, async ({
    service,
  }) => {
    const pooler = await startPooler(service.databaseUrl, undefined, isSilent)
    const app = await startApp({ env: { ...service.settings, DATABASE_URL: pooler.url } })
    const pooled: Service = { ...service, app, url: app.url }
    await service.app.stop()
    await Promise.all(Array.from({ length: 10 }, () => getBackIn(pooled)))
    await expectLaws(pooled)
    await app.stop()
    await pooler.stop()
  })

test('the doctor tells that PgBouncer took the limits of connections away, until the role has them', async ({
  service,
}) => {
  const look = async () => {
    const pooler = await startPooler(service.databaseUrl)
    const known = { env: null, faults: [], databaseUrl: pooler.url, dataDir: '', apiKey: null, mailFrom: null }
    const { ask, close } = await connectPlainly(known)
    const verdict = await databaseLimits.look({ ...known, ask })
    await close()
    await pooler.stop()
    return verdict
  }
  expect(await look()).toMatchObject({ state: 'warning', seen: expect.stringContaining('statement_timeout 0') })
  const database = new URL(service.databaseUrl).pathname.slice(1)
  for (const limit of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'])
    await query(service.databaseUrl, `ALTER ROLE postgres IN DATABASE "${database}" SET ${limit} = '3s'`)
  expect(await look()).toMatchObject({ state: 'ok' })
})

async function getBackIn(service: Service): Promise<void> {
  const person = await joinRaw(service)
  await askForResetRaw(service, person)
  const link = linkIn(await mailTo(service.resend, person.email, 2), 'reset-password')
  expect(succeeded(await redeemResetRaw(service, link, person, newPassword))).toBe(true)
  await logInRaw(service, { ...person, password: newPassword })
  await changePasswordRaw(service, { ...person, password: newPassword }, 'Encore un-n0uveau')
}
