import { expect, type Page } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { everyState, expectOnlyFailures } from '@/tests/support/states/states'

for (const [whose, states] of Object.entries(everyState))
  test(`on a page ${whose} all there is to press is 44 pixels large, and nothing moves for who wants no motion`, async ({
    page,
    service,
    console: complaints,
  }) => {
    test.setTimeout(300_000)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for await (const [name, state] of states({ page, service, locale: 'fr' }))
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 740 })
        expect.soft(await smallTargets(page), `${name}, ${state}, ${width} px`).toEqual([])
        expect.soft(await movingParts(page), `${name}, ${state}`).toEqual([])
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

/** What is animated now, or would be at the next change. */
function movingParts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isMoving = ({ animationName, transitionDuration, scrollBehavior }: CSSStyleDeclaration) =>
      animationName !== 'none' || /[1-9]/.test(transitionDuration) || scrollBehavior === 'smooth'
    return [...document.querySelectorAll('html, body, body *')]
      .filter((part) => [null, '::before', '::after'].some((pseudo) => isMoving(getComputedStyle(part, pseudo))))
      .map((part) => part.outerHTML.slice(0, 90))
  })
}
