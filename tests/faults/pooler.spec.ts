import { expect } from '@playwright/test'
import { linkIn, mailTo } from '@/tests/e2e/fixtures'
import { changePasswordRaw, joinRaw, logInRaw } from '@/tests/e2e/raw-walks'
import type { Service } from '@/tests/e2e/service'
import { test } from '@/tests/faults/fixtures'
import { expectLaws } from '@/tests/faults/laws'
import { askRaw, redeemRaw, succeeded } from '@/tests/faults/walks'
import { startApp } from '@/tests/support/app'
import { startPooler } from '@/tests/support/pooler'

const newPassword = 'Un-n0uveau secret'

test('behind PgBouncer, which gives each transaction whatever connection is free, ten people at once get back in', async ({
  service,
}) => {
  const pooler = await startPooler(service.databaseUrl)
  const app = await startApp({ env: { ...service.settings, DATABASE_URL: pooler.url } })
  const pooled: Service = { ...service, app, url: app.url }
  await service.app.stop()
  await Promise.all(Array.from({ length: 10 }, () => getBackIn(pooled)))
  await expectLaws(pooled)
  await app.stop()
  await pooler.stop()
})

async function getBackIn(service: Service): Promise<void> {
  const person = await joinRaw(service)
  await askRaw(service, person)
  const link = linkIn(await mailTo(service.resend, person.email, 2), 'reset-password')
  expect(succeeded(await redeemRaw(service, link, person, newPassword))).toBe(true)
  await logInRaw(service, { ...person, password: newPassword })
  await changePasswordRaw(service, { ...person, password: newPassword }, 'Encore un-n0uveau')
}
