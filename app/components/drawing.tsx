const drawings = {
  mail: 'M5 12h38v26H5zM5 13l19 15 19-15',
  done: 'M24 5a19 19 0 1 0 0 38 19 19 0 1 0 0-38M15 25l6 6 12-14',
  shield: 'M24 4l16 6v12c0 10-6.5 17-16 22-9.5-5-16-12-16-22V10zM16 24l6 6 11-12',
  broken: 'M20 15l5-5a9 9 0 0 1 13 13l-5 5M28 33l-5 5a9 9 0 0 1-13-13l5-5M17 6v5M6 17h5M31 42v-5M42 31h-5',
} as const

export type DrawingName = keyof typeof drawings

/** How something went, at a glance: 48 pixels in one line, on the yellow line of the wordmark. */
export function Drawing({ of }: { of: DrawingName }) {
  return (
    <svg className="-ms-1 size-12 flex-none" viewBox="0 0 48 48" fill="none" strokeLinejoin="round" aria-hidden="true">
      <path className="stroke-current stroke-[2.5]" d={drawings[of]} />
      <path className="stroke-sun stroke-[3]" d="M4 46.5h40" />
    </svg>
  )
}
