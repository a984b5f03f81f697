import { join } from 'node:path'
import { expect } from '@playwright/test'
import { deployedOrigin } from '@/tests/support/app/deployed'
import { weighFolder } from '@/tests/support/functions/build-output'
import { buildForLambda } from '@/tests/support/functions/builds'
import { startLambda } from '@/tests/support/functions/lambda'
import { coldStart, knownAndUnknown, printTarget } from '@/tests/support/functions/measure'
import { serverlessTest as test } from '@/tests/support/functions/serverless-test'
import { walkThrough } from '@/tests/support/functions/walk'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { mailTo } from '@/tests/support/mail/swept-mail'
import { newPerson } from '@/tests/support/person'
import { sampleOf } from '@/tests/support/sample'
import { people } from '@/tests/timing/people'

for (const streaming of sampleOf([false, true], 0))
  test(`on Lambda, ${streaming ? 'streamed' : 'buffered'}, people get in and back in through cold functions, and a slow provider tells nobody who has an account`, async ({
    variables,
    resend,
    app,
  }) => {
    const bundle = await buildForLambda(streaming)
    const platform = await startLambda(bundle, variables)
    const deployment = { platform, resend, app, url: platform.url, origin: deployedOrigin }
    await walkThrough(deployment)
    const memory = await platform.memory()
    const cold = await coldStart(deployment)
    const times = await knownAndUnknown(deployment, await people(variables.DATABASE_URL, 'confirmed', 5))
    const weight = await weighFolder(join(bundle, 'server-functions/default'))
    await platform.close()
    printTarget(`Lambda, ${streaming ? 'streamed' : 'buffered'}`, cold, weight, memory, times)
    expect.soft(weight.zipped, 'megabytes of the function, zipped').toBeLessThan(12)
    expect.soft(memory, 'megabytes of memory').toBeLessThan(300)
    expect.soft(Math.abs(times.known - times.unknown), 'milliseconds between known and unknown').toBeLessThan(1_000)
  })

test('a function that was frozen while the database restarted serves the next who comes', async ({
  variables,
  resend,
  postgres,
}) => {
  const bundle = await buildForLambda(false)
  const platform = await startLambda(bundle, variables)
  const target = { url: platform.url, origin: deployedOrigin, resend }
  const form = await readForm(target.url, '/fr/signup')
  const person = newPerson()
  await submitRaw(target, form, person)
  // Its mail is sent by another function, which is called meanwhile.
  await mailTo(resend, person.email)
  const before = platform.count()
  await postgres.restart({ immediate: true })
  const answer = await submitRaw(target, form, newPerson())
  expect(answer.headers.get('location')).toBe('/fr/signup/sent')
  expect(platform.count()).toBe(before)
  await platform.close()
})
