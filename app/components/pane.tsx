import { letters } from '@/app/components/wordmark'

const { M, e, t, a, m, o, t2, s } = letters

/** Where each letter is on its way down to the yellow line; those of the first row have arrived. */
const falling = [
  [M, 'translate(8 604)scale(2.1)'],
  [e, 'translate(14 604)scale(2.1)'],
  [t, 'translate(20 604)scale(2.1)'],
  [a, 'translate(20 530)rotate(-9 158 40)scale(2.1)'],
  [m, 'translate(16 462)rotate(14 210 40)scale(2.1)'],
  [o, 'translate(24 380)scale(2.1)'],
  [t2, 'translate(20 284)rotate(-24 300 40)scale(2.1)'],
  [s, 'translate(12 186)rotate(31 330 40)scale(2.1)'],
] as const

/** Beside the pages of a visitor on a wide screen: letters that settle to words. It says nothing that is not said elsewhere. */
export function Pane() {
  return (
    <div className="sticky top-0 hidden h-dvh bg-night text-on-night lg:block print:hidden">
      <svg
        className="size-full"
        viewBox="0 0 420 800"
        fill="none"
        preserveAspectRatio="xMidYMax slice"
        aria-hidden="true"
      >
        {falling.map(([letter, place]) => (
          <path
            key={place}
            className="stroke-current stroke-[4.6]"
            strokeLinejoin="bevel"
            d={letter}
            transform={place}
          />
        ))}
        <path className="stroke-sun stroke-[8]" d="M12 682h396" />
      </svg>
    </div>
  )
}
