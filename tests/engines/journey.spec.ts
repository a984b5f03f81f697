import { writeFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { engineTest as test } from '@/tests/support/engines/engine-test'
import { layoutFaults } from '@/tests/support/engines/layout'
import { openChromium, openFirefox, type Size } from '@/tests/support/engines/puppets'
import type { Tab } from '@/tests/support/engines/tab'
import { type Look, walk } from '@/tests/support/engines/walk'
import { openWebKit } from '@/tests/support/engines/webkit'

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } }
const engines = { Firefox: openFirefox, WebKit: openWebKit }

/** What Chromium shows is what every other engine is measured by. */
const models = new Map<string, Promise<Look[]>>()

for (const [device, size] of Object.entries(sizes))
  for (const [engine, open] of Object.entries(engines))
    test(`the whole journey in ${engine} on a ${device} looks as in Chromium and leaves no complaint`, async ({
      another,
    }, testInfo) => {
      const look = async (open: (size: Size) => Promise<Tab>) => walkIn(await open(size), await another({}))
      const model = models.get(device) ?? look(openChromium)
      models.set(device, model)
      const expected = await model
      const looks = await look(open)
      const faults: string[] = []
      for (const [index, { step, layout, picture }] of looks.entries()) {
        await writeFile(testInfo.outputPath(`${index} ${step}.png`), picture)
        faults.push(...layoutFaults(layout, expected[index]?.layout ?? layout).map((fault) => `${step}: ${fault}`))
      }
      expect(looks.map(({ step }) => step)).toEqual(expected.map(({ step }) => step))
      expect(faults).toEqual([])
    })

async function walkIn(tab: Tab, service: Service): Promise<Look[]> {
  try {
    const looks = await walk(tab, service)
    expect(await tab.complaints()).toEqual([])
    return looks
  } finally {
    await tab.close()
  }
}
