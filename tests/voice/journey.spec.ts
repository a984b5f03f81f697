import { expect } from '@playwright/test'
import { engineTest as test } from '@/tests/support/engines/engine-test'
import { hearAccount, hearSignIn, startWalk } from '@/tests/support/voice/voice-walk'

for (const locale of ['fr', 'en'] as const)
  test(`a screen reader tells the journey and its errors in ${locale}`, async ({ service }) => {
    const walk = await startWalk(locale, service)
    await hearSignIn(walk)
    await hearAccount(walk, service, locale)
    await walk.listener.stop()
    expect(walk.transcript.read()).toMatchSnapshot(`${locale}.txt`)
  })

test('a screen reader tells the sign-in page in ar, as far as it speaks it', async ({ service }) => {
  const walk = await startWalk('ar', service)
  await hearSignIn(walk)
  await walk.listener.stop()
  expect(walk.transcript.read()).toMatchSnapshot('ar.txt')
})
