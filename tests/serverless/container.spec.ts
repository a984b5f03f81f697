import { expect } from '@playwright/test'
import { deployedOrigin } from '@/tests/support/app/deployed'
import { weighFolder } from '@/tests/support/functions/build-output'
import { buildImage } from '@/tests/support/functions/builds'
import { serveImage, startContainer } from '@/tests/support/functions/container'
import { coldStart, knownAndUnknown, printTarget } from '@/tests/support/functions/measure'
import { serverlessTest as test } from '@/tests/support/functions/serverless-test'
import { walkThrough } from '@/tests/support/functions/walk'
import { people } from '@/tests/timing/people'

test('the image of the Dockerfile migrates, people get in and back in while it is replaced, and it ends when it is told to', async ({
  variables: given,
  resend,
  app,
  postgres,
}) => {
  const image = await buildImage()
  const variables = { ...given, DATABASE_URL: await postgres.createDatabase('container') }
  for (const says of ['Migrated: ', 'The database is up to date.']) {
    const migration = await startContainer(image, variables, { instead: ['node', 'migrate.mjs'] })
    expect(await migration.ended, migration.log()).toBe(0)
    expect(migration.log()).toContain(says)
  }
  const began = performance.now()
  const platform = await serveImage(image, variables)
  const ready = Math.round(performance.now() - began)
  const deployment = { platform, resend, app, url: platform.url, origin: deployedOrigin }
  await walkThrough(deployment)
  const memory = await platform.memory()
  const { post } = await coldStart(deployment)
  const times = await knownAndUnknown(deployment, await people(variables.DATABASE_URL, 'confirmed', 5))
  const weight = await weighFolder(image.root)
  await platform.close()
  printTarget('container', { page: ready, post }, weight, memory, times)
  expect.soft(weight.megabytes, 'megabytes beside Node').toBeLessThan(60)
  expect.soft(memory, 'megabytes of memory').toBeLessThan(300)
  expect.soft(Math.abs(times.known - times.unknown), 'milliseconds between known and unknown').toBeLessThan(1_000)
})

test('in the container it is nobody, who can write to /tmp alone, and its own word on its health is true', async ({
  variables,
}) => {
  const image = await buildImage()
  const look = `
    const { writeFileSync } = require('node:fs')
    const tried = ['/app/x', '/app/.next/x', '/x', '/tmp/x'].map((file) => {
      try { writeFileSync(file, ''); return 'written' } catch ({ code }) { return code }
    })
    console.log(JSON.stringify([process.getuid(), process.getgid(), ...tried]))`
  const looking = await startContainer(image, variables, { instead: ['node', '-e', look] })
  expect(await looking.ended, looking.log()).toBe(0)
  expect(JSON.parse(looking.log())).toEqual([65_534, 65_534, 'EROFS', 'EROFS', 'EROFS', 'written'])
  const asked = await startContainer(image, variables, { instead: image.health, port: 1 })
  expect(await asked.ended, 'without a server').toBe(1)
  const { DATABASE_URL: _, ...incomplete } = variables
  const refused = await startContainer(image, incomplete)
  expect([await refused.ended, refused.log()]).toEqual([1, expect.stringContaining('DATABASE_URL is missing')])
})
