import { getLocale, getTranslations } from 'next-intl/server'
import type { FieldCode } from '@/lib/accounts/codes'
import { passwordPolicy } from '@/lib/policy'
import { ruleIssues } from '@/lib/words/rule-words'
import type fr from '@/messages/fr.json'

type FieldMessages = typeof fr.fields
export type FieldName = keyof FieldMessages

/** `choose`: what a list says before anything of it is chosen. */
export type FieldWords = { label: string; hint?: string; choose?: string }

const everyField = [
  'identifier',
  'password',
  'locale',
  'email',
  'newEmail',
  'firstName',
  'lastName',
  'country',
  'organizationType',
  'newPassword',
  'currentPassword',
  'username',
] as const satisfies FieldName[]

/** Fields that say before anything is typed what they want. */
const hinted = ['identifier', 'email', 'newEmail', 'lastName', 'username'] as const satisfies FieldName[]

/** Lists in which nothing is chosen for anybody: what is skipped is no answer. */
const unchosen = ['country', 'organizationType'] as const satisfies FieldName[]

/** Which fields have a text for each code. A new code or field does not compile until it has its texts. */
const spokenBy = {
  missing: everyField,
  invalid: everyField,
  too_long: ['identifier', 'email', 'newEmail', 'firstName', 'lastName', 'password', 'currentPassword', 'newPassword'],
  unsafe_characters: ['identifier', 'email', 'newEmail', 'firstName', 'lastName'],
  markup: ['firstName', 'lastName'],
  foreign_local_part: ['email', 'newEmail'],
  wrong: ['currentPassword'],
  taken: ['username'],
  unseen: ['newPassword'],
  too_short: ['newPassword'],
  missing_lower: ['newPassword'],
  missing_upper: ['newPassword'],
  missing_digit: ['newPassword'],
  missing_special: ['newPassword'],
  personal: ['newPassword'],
  too_common: ['newPassword'],
} as const satisfies Record<FieldCode, readonly FieldName[]>

type ErrorKey = { [Code in FieldCode]: `${(typeof spokenBy)[Code][number]}.${Code}` }[FieldCode]

/** Label of one field, and its hint or first option where it has one, in the language of the request. */
export async function fieldWords(field: FieldName): Promise<FieldWords> {
  const t = await getTranslations('fields')
  const hint = hinted.find((one) => one === field)
  const list = unchosen.find((one) => one === field)
  return {
    label: t(`${field}.label`),
    ...(hint && { hint: t(`${hint}.hint`) }),
    ...(list && { choose: t(`${list}.choose`) }),
  }
}

/**
 * What is wrong with one field, in the language of the request. A code the field has no words for is said as `invalid`;
 * a hidden field gets no message, because nobody can correct it.
 */
export async function fieldErrors(name: string, codes: FieldCode[]): Promise<string[]> {
  const field = everyField.find((each) => each === name)
  if (!field) return []
  const t = await getTranslations('fields')
  const { minLength: min, maxLength: max } = passwordPolicy
  const lacking = codes.filter((code) => spokenTogether.has(code))
  const together = field === 'newPassword' && lacking.length > 1
  const others = together ? codes.filter((code) => !spokenTogether.has(code)) : codes
  const texts = others.map((code) => {
    const speakers: readonly FieldName[] = spokenBy[code]
    return t(`${field}.${speakers.includes(field) ? code : 'invalid'}` as ErrorKey, { min, max })
  })
  return together ? [t('newPassword.lacks', { rules: await inOneBreath(lacking) }), ...texts] : texts
}

/** What a password lacks is said in one sentence: its rules stand below one by one. */
const spokenTogether: ReadonlySet<FieldCode> = new Set(ruleIssues)

async function inOneBreath(lacking: FieldCode[]): Promise<string> {
  const t = await getTranslations('passwordRules')
  const rules = ruleIssues.filter((issue) => lacking.includes(issue))
  const list = new Intl.ListFormat(await getLocale(), { type: 'unit', style: 'short' })
  return list.format(rules.map((issue) => t(issue, { min: passwordPolicy.minLength })))
}
