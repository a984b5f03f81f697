export type ButtonLook = 'primary' | 'quiet' | 'danger'

const looks: Record<ButtonLook, string> = {
  // Where colours are forced, only what keeps its own is told from the others.
  primary: 'border-sun bg-sun text-on-sun hover:border-sun-deep hover:bg-sun-deep forced-color-adjust-none',
  quiet: 'border-edge text-ink hover:border-ink',
  danger: 'border-wrong text-wrong hover:bg-wrong-tint',
}

/** All that looks like a button: as high as a field, as wide as a telephone, and elsewhere of one width. */
export function buttonLook(look: ButtonLook = 'primary'): string {
  return `inline-flex min-h-13 w-full cursor-pointer items-center justify-center rounded-lg border-2 px-4 py-2 text-center font-bold no-underline aria-disabled:cursor-progress sm:w-auto sm:min-w-60 sm:self-start ${looks[look]}`
}
