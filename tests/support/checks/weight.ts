import { gzipSync } from 'node:zlib'
import type { Page, Response } from '@playwright/test'

/** What a page asks for on a first visit, in bytes as a host compresses them. */
export type Weight = {
  script: number
  style: number
  document: number
  /** The document as it was sent: in the pieces in which it was made, which compress less. */
  sent: number
  requests: number
  fonts: number
  elsewhere: number
}

/** Opens a page with an empty cache and weighs all that comes. */
export async function weigh(page: Page, url: string): Promise<Weight> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  const responses: Response[] = []
  const note = (response: Response) => responses.push(response)
  page.on('response', note)
  await page.goto(url, { waitUntil: 'networkidle' })
  page.off('response', note)
  await session.detach()
  const ofType = (type: string) => responses.filter((response) => response.request().resourceType() === type)
  const bytes = async (type: string) => {
    const bodies = await Promise.all(ofType(type).map((response) => response.body()))
    return bodies.reduce((total, body) => total + gzipSync(body).length, 0)
  }
  const sizes = await Promise.all(ofType('document').map((response) => response.request().sizes()))
  return {
    script: await bytes('script'),
    style: await bytes('stylesheet'),
    document: await bytes('document'),
    sent: sizes.reduce((total, { responseBodySize }) => total + responseBodySize, 0),
    requests: responses.length,
    fonts: ofType('font').length,
    elsewhere: responses.filter((response) => new URL(response.url()).origin !== new URL(url).origin).length,
  }
}
