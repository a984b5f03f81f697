import { letters } from '@/app/components/wordmark'

const { M, e, t, a, m, o, t2, s } = letters

/** Where each letter is on its way down to the yellow line; those of the first row have arrived. */
const falling = [
  [M, 'translate(36 608)scale(2)'],
  [e, 'translate(36 608)scale(2)'],
  [t, 'translate(36 608)scale(2)'],
  [a, 'translate(36 540)rotate(-9 158 40)scale(2)'],
  [m, 'translate(36 462)rotate(14 210 40)scale(2)'],
  [o, 'translate(36 380)scale(2)'],
  [t2, 'translate(36 284)rotate(-24 300 40)scale(2)'],
  [s, 'translate(28 186)rotate(31 330 40)scale(2)'],
] as const

/** Beside the pages of a visitor on a wide screen: letters that settle to words. It says nothing that is not said elsewhere. */
export function Pane() {
  return (
    <div className="hidden overflow-clip bg-night text-on-night lg:block print:hidden">
      <svg
        className="sticky top-0 h-dvh w-full overflow-visible"
        viewBox="0 0 420 800"
        fill="none"
        preserveAspectRatio="xMidYMax"
        aria-hidden="true"
      >
        {falling.map(([letter, place]) => (
          <path
            key={place + letter}
            className="stroke-current stroke-[4.6]"
            strokeLinejoin="bevel"
            d={letter}
            transform={place}
          />
        ))}
        <path className="stroke-sun stroke-[8]" d="M-400 682h1220" />
      </svg>
    </div>
  )
}
