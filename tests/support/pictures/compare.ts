import type { Page } from '@playwright/test'

/**
 * How far the mean colour of a square may be from the approved one, out of 255, by the side of the square in pixels of a
 * picture: edges of letters may be drawn otherwise, but no letter may go and no plane change its colour.
 */
const tolerances = [
  { side: 4, most: 40 },
  { side: 8, most: 18 },
]

/**
 * Compares a picture with the approved one, both WebP, in a blank page. Returns what is another, and the new picture, pale,
 * with the squares that differ in red.
 */
export async function compare(
  blank: Page,
  approved: Buffer,
  taken: Buffer,
): Promise<{ faults: string[]; difference: Buffer }> {
  const pictures = [approved, taken].map((bytes) => bytes.toString('base64'))
  const { higher, squares, difference } = await blank.evaluate(compareInBrowser, { pictures, tolerances })
  const faults = squares
    .filter(({ different }) => different > 0)
    .map(({ side, different, worst }) => `${different} squares of ${side} px, the worst by ${worst}`)
  if (higher !== 0) faults.push(`${higher} px higher`)
  return { faults, difference: Buffer.from(difference, 'base64') }
}

async function compareInBrowser({
  pictures,
  tolerances: limits,
}: {
  pictures: string[]
  tolerances: typeof tolerances
}) {
  const images = await Promise.all(pictures.map(decode))
  const [before, after] = images as [HTMLImageElement, HTMLImageElement]
  const width = Math.max(before.width, after.width)
  const height = Math.max(before.height, after.height)
  const [old, now] = [draw(before), draw(after)]
  const pale = now.context
  const [oldPixels, newPixels] = [old.pixels, now.pixels]
  pale.fillStyle = '#ffffffb0'
  pale.fillRect(0, 0, width, height)
  pale.fillStyle = '#e0002080'
  const squares = limits.map(({ side, most }) => {
    let [different, worst] = [0, 0]
    for (let y = 0; y + side <= height; y += side)
      for (let x = 0; x + side <= width; x += side) {
        const distance = distanceOf(x, y, side)
        worst = Math.max(worst, Math.round(distance))
        if (distance <= most) continue
        different += 1
        pale.fillRect(x, y, side, side)
      }
    return { side, different, worst }
  })
  const difference = now.canvas.toDataURL('image/png').split(',')[1] ?? ''
  return { higher: after.height - before.height, squares, difference }

  async function decode(picture: string) {
    const image = new Image()
    image.src = `data:image/webp;base64,${picture}`
    await image.decode()
    return image
  }

  function draw(image: HTMLImageElement) {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width, height })
    const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D
    context.drawImage(image, 0, 0)
    return { canvas, context, pixels: context.getImageData(0, 0, width, height).data }
  }

  /** Of the mean colours of a square in both pictures: the greatest of red, green and blue. */
  function distanceOf(left: number, top: number, side: number): number {
    const sums = [0, 0, 0]
    for (let y = top; y < top + side; y += 1)
      for (let x = left; x < left + side; x += 1)
        for (let colour = 0; colour < 3; colour += 1) {
          const place = (y * width + x) * 4 + colour
          sums[colour] = (sums[colour] ?? 0) + (newPixels[place] ?? 0) - (oldPixels[place] ?? 0)
        }
    return Math.max(...sums.map(Math.abs)) / side ** 2
  }
}
