export type ButtonLook = 'primary' | 'quiet' | 'danger'

const looks: Record<ButtonLook, string> = {
  // Where colours are forced, only what keeps its own is told from the others.
  primary: 'border-sun bg-sun text-on-sun hover:border-sun-deep hover:bg-sun-deep forced-color-adjust-none',
  quiet: 'border-edge text-ink hover:border-ink',
  danger: 'border-wrong text-wrong hover:bg-wrong-tint',
}

/** All that looks like a button: as high as a field, as wide as a telephone, and elsewhere of one width. */
export function buttonLook(look: ButtonLook = 'primary'): string {
  return `button ${looks[look]}`
}
