import { decomposed } from '@/lib/accounts/decomposed'

const apostrophes = /[\u0060\u02b9\u02bb\u02bc\u02c8\u2018\u2019\u201b\u2032\uff07]/gu
const letters: Record<string, string> = { ß: 'ss', œ: 'oe', æ: 'ae', ø: 'o', ł: 'l', đ: 'd' }

/** A text without case and accents, with one kind of apostrophe, dash and space: as the words of passwords are compared. */
export function foldedText(typed: string): string {
  return decomposed(typed)
    .replace(/[\u0300-\u036f]|\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(apostrophes, "'")
    .replace(/\p{Pd}/gu, '-')
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ßœæøłđ]/g, (letter) => letters[letter] ?? letter)
    .replace(/\p{White_Space}+/gu, ' ')
    .trim()
}
