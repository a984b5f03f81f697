import { expect, type Page } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { everyState, expectOnlyFailures } from '@/tests/support/states/states'

/** What docs/accessibility.md calls absent, and what would need a judgement of its own if a page had it. */
const absent = {
  images:
    'svg:not([aria-hidden=true]), canvas, map, area, figure, input[type=image], object, embed, img:not(picture img)',
  frames: 'iframe, frame, frameset',
  media: 'video, audio, track, bgsound',
  tables: 'table, [role=table], [role=grid], [role=treegrid]',
  quotations: 'q, blockquote',
  groups: 'fieldset, optgroup, [role=group], [role=radiogroup], [type=radio], [type=checkbox]',
  presentation: '[align], [bgcolor], center, font, big, tt, strike, u, marquee, blink, br:not(address br)',
  surprises: '[target], [accesskey], [title], [draggable=true], [autofocus], meta[http-equiv=refresh]',
}

for (const [whose, states] of Object.entries(everyState))
  test(`no page ${whose} has frames, media, tables, groups, motion, new windows or command keys`, async ({
    page,
    service,
    console: complaints,
  }) => {
    test.slow()
    for await (const [name, state] of states({ page, service, locale: 'fr' })) {
      for (const [theme, selector] of Object.entries(absent))
        expect.soft(await page.locator(`html :is(${selector})`).count(), `${theme} in ${name}, ${state}`).toBe(0)
      expect.soft(await movingParts(page), `motion in ${name}, ${state}`).toBe(0)
    }
    expectOnlyFailures(complaints)
  })

function movingParts(page: Page): Promise<number> {
  return page
    .locator(':is(body, body *)')
    .evaluateAll(
      (parts) =>
        parts
          .flatMap((part) => [null, '::before', '::after'].map((pseudo) => getComputedStyle(part, pseudo)))
          .filter(
            ({ animationName, transitionDuration }) => animationName !== 'none' || /[1-9]/.test(transitionDuration),
          ).length,
    )
}
