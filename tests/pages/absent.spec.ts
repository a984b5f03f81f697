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
  test(`no page ${whose} has frames, media, tables, groups, motion, new windows, command keys or targets below 44 pixels`, async ({
    page,
    service,
    console: complaints,
  }) => {
    test.setTimeout(300_000)
    for await (const [name, state] of states({ page, service, locale: 'fr' })) {
      for (const [theme, selector] of Object.entries(absent))
        expect.soft(await page.locator(`html :is(${selector})`).count(), `${theme} in ${name}, ${state}`).toBe(0)
      for (const reducedMotion of ['no-preference', 'reduce'] as const) {
        await page.emulateMedia({ reducedMotion })
        expect.soft(await movingParts(page), `motion in ${name}, ${state}, ${reducedMotion}`).toEqual([])
      }
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 740 })
        expect.soft(await smallTargets(page), `${name}, ${state}, ${width} px`).toEqual([])
      }
    }
    expectOnlyFailures(complaints)
  })

/** What is smaller than 44 pixels either way. A link within a sentence is as large as its words. */
function smallTargets(page: Page): Promise<string[]> {
  return page.locator('a, button, input, select, summary, [role=button]').evaluateAll((targets) =>
    targets
      .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.matches('[href="#content"]'))
      .filter((target) => {
        const { parentElement: holder } = target
        const isInSentence = [...(holder?.childNodes ?? [])].some(
          (part) => part.nodeType === Node.TEXT_NODE && part.textContent?.trim(),
        )
        return !(target.matches('a') && getComputedStyle(target).display === 'inline' && isInSentence)
      })
      .map((target) => ({ target, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 44 || box.height < 44)
      .map(({ target, box }) => `${box.width}×${box.height} ${target.outerHTML.slice(0, 90)}`),
  )
}

/** What is animated now, or would be at the next change; where no motion is wanted, also what scrolls smoothly. */
function movingParts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isUnwanted = matchMedia('(prefers-reduced-motion)').matches
    const isMoving = ({ animationName, transitionDuration, scrollBehavior }: CSSStyleDeclaration) =>
      animationName !== 'none' || /[1-9]/.test(transitionDuration) || (isUnwanted && scrollBehavior === 'smooth')
    return [...document.querySelectorAll('html, body, body *')]
      .filter((part) => [null, '::before', '::after'].some((pseudo) => isMoving(getComputedStyle(part, pseudo))))
      .map((part) => part.outerHTML.slice(0, 90))
  })
}
