import { expect } from '@playwright/test'
import { deployedOrigin } from '@/tests/support/app/deployed'
import { readBuildOutput, weighFolder } from '@/tests/support/functions/build-output'
import { buildForVercel, tools } from '@/tests/support/functions/builds'
import { coldStart, knownAndUnknown, printTarget } from '@/tests/support/functions/measure'
import { serverlessTest as test } from '@/tests/support/functions/serverless-test'
import { startVercel } from '@/tests/support/functions/vercel'
import { walkThrough } from '@/tests/support/functions/walk'
import { submitTo } from '@/tests/support/http/forms'
import { mailTo } from '@/tests/support/mail/swept-mail'
import { newPerson } from '@/tests/support/person'
import { people } from '@/tests/timing/people'

test('on Vercel people get in and back in through cold functions, and a slow provider tells nobody who has an account', async ({
  variables,
  resend,
  app,
}) => {
  const root = await buildForVercel(variables)
  const platform = await startVercel(root, tools, variables)
  const deployment = { platform, resend, app, url: platform.url, origin: deployedOrigin }
  await walkThrough(deployment)
  const memory = await platform.memory()
  const cold = await coldStart(deployment)
  const times = await knownAndUnknown(deployment, await people(variables.DATABASE_URL, 'confirmed', 5))
  const weight = await weighFolder((await (await readBuildOutput(root)).functionAt('[locale]/login')) ?? '')
  await platform.close()
  printTarget('Vercel', cold, weight, memory, times)
  expect.soft(weight.zipped, 'megabytes of a page function, zipped').toBeLessThan(8)
  expect.soft(memory, 'megabytes of memory').toBeLessThan(250)
  expect.soft(Math.abs(times.known - times.unknown), 'milliseconds between known and unknown').toBeLessThan(1_000)
})

test('on Vercel no function has the embedded database, and argon2 for Linux alone', async ({ variables }) => {
  const output = await readBuildOutput(await buildForVercel(variables))
  for (const page of ['[locale]/login', 'api/cron/mail', 'api/health/ready']) {
    const files = await output.filesOf(page)
    expect.soft(files.length, page).toBeGreaterThan(100)
    expect
      .soft(
        files.filter((file) => /pglite|lib_db_embedded/.test(file)),
        page,
      )
      .toEqual([])
    const programs = files.filter((file) => /^node_modules\/@node-rs\/argon2-.*\.node$/.test(file))
    expect
      .soft(
        programs.filter((file) => !file.includes('argon2-linux-')),
        page,
      )
      .toEqual([])
    expect.soft(programs.length, page).toBeLessThan(2)
  }
})

test('a first page is answered before anything of the database or of passwords is loaded', async ({ variables }) => {
  const root = await buildForVercel(variables)
  const platform = await startVercel(root, tools, { ...variables, NODE_DEBUG: 'module' })
  expect((await fetch(`${platform.url}/fr/login`)).status).toBe(200)
  await platform.close()
  const loaded = [...platform.log().matchAll(/ load "([^"]+)"/g)].map(([, file = '']) => file)
  expect(loaded.filter((file) => file.endsWith('/login/page.js'))).toHaveLength(1)
  expect(loaded.filter((file) => /node_modules\/(@prisma|pg|@node-rs)\b/.test(file))).toEqual([])
})

test('a form works where the platform cannot wait after the answer, and its mail arrives', async ({
  variables,
  resend,
}) => {
  const root = await buildForVercel(variables)
  const platform = await startVercel(root, tools, { ...variables, NO_WAIT_UNTIL: '1' })
  const person = newPerson()
  const answer = await submitTo({ url: platform.url, origin: deployedOrigin }, '/fr/signup', person)
  expect(answer.headers.get('location')).toBe('/fr/signup/sent')
  await mailTo(resend, person.email)
  await platform.close()
})
