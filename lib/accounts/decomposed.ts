/**
 * A text in NFKD, but for accents that stand alone, as some are typed for an apostrophe: that would take them apart into a space and
 * a mark, and here each is an apostrophe. For comparing, never for keeping.
 */
export function decomposed(typed: string): string {
  return typed
    .normalize('NFC')
    .replace(/\P{ASCII}/gu, withoutSpace)
    .normalize('NFKD')
}

function withoutSpace(sign: string): string {
  return /^ \p{M}/u.test(sign.normalize('NFKD')) ? "'" : sign
}
