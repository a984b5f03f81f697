export type ButtonLook = 'primary' | 'quiet' | 'danger'

/** All that looks like a button: as high as a field, as wide as a telephone, and elsewhere of one width. */
export function buttonLook(look: ButtonLook = 'primary'): string {
  return `button ${look}`
}
