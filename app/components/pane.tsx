import { letters } from '@/app/components/wordmark'

const { M, e, t, a, m, o, t2, s } = letters

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
        <g className="stroke-current stroke-[4.6]" strokeLinejoin="bevel">
          <path d={M + e + t} transform="translate(36 608)scale(2)" />
          <path d={a} transform="translate(36 540)rotate(-9 158 40)scale(2)" />
          <path d={m} transform="translate(36 462)rotate(14 210 40)scale(2)" />
          <path d={o} transform="translate(36 380)scale(2)" />
          <path d={t2} transform="translate(36 284)rotate(-24 300 40)scale(2)" />
          <path d={s} transform="translate(28 186)rotate(31 330 40)scale(2)" />
        </g>
        <path className="stroke-sun stroke-[8]" d="M-400 682h1220" />
      </svg>
    </div>
  )
}
