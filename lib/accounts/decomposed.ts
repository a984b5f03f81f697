/**
 * A text in NFKD, but for an accent that was typed as an apostrophe, which that would take apart into a space: it is an
 * apostrophe here. For comparing, never for keeping.
 */
export function decomposed(typed: string): string {
  return typed.normalize('NFC').replaceAll('\u00b4', "'").normalize('NFKD')
}
