import { getTranslations } from 'next-intl/server'
import type { FieldCode } from '@/lib/accounts/codes'
import { passwordPolicy } from '@/lib/accounts/policy'
import type fr from '@/messages/fr.json'

type FieldMessages = typeof fr.fields
export type FieldName = keyof FieldMessages

/** The words of one field. A code without words of its own is shown as `invalid`. */
export type FieldWords = {
  label: string
  hint?: string
  errors: { invalid: string } & Partial<Record<FieldCode, string>>
}

const everyField = [
  'identifier',
  'password',
  'locale',
  'email',
  'firstName',
  'lastName',
  'country',
  'organizationType',
  'newPassword',
  'currentPassword',
] as const satisfies FieldName[]

/** Which fields have words for a code. A new code does not compile until it is spoken for, nor a field until translated. */
const spokenBy = {
  missing: everyField,
  invalid: everyField,
  too_long: ['identifier', 'email', 'firstName', 'lastName', 'password', 'currentPassword', 'newPassword'],
  unsafe_characters: ['identifier', 'email', 'firstName', 'lastName'],
  wrong: ['currentPassword'],
  too_short: ['newPassword'],
  missing_lower: ['newPassword'],
  missing_upper: ['newPassword'],
  missing_digit: ['newPassword'],
  missing_special: ['newPassword'],
  personal: ['newPassword'],
  too_common: ['newPassword'],
} as const satisfies Record<FieldCode, readonly FieldName[]>

type ErrorKey = { [Code in FieldCode]: `${(typeof spokenBy)[Code][number]}.${Code}` }[FieldCode]

/** Label, hint and error texts of one field in the language of the request. */
export async function fieldWords(field: FieldName): Promise<FieldWords> {
  const t = await getTranslations('fields')
  const { minLength: min, maxLength: max } = passwordPolicy
  const say = (code: FieldCode) => t(`${field}.${code}` as ErrorKey, { min, max })
  const errors: FieldWords['errors'] = { invalid: say('invalid') }
  for (const [code, speakers] of Object.entries(spokenBy) as [FieldCode, readonly FieldName[]][]) {
    if (speakers.includes(field)) errors[code] = say(code)
  }
  const words = { label: t(`${field}.label`), errors }
  return field === 'identifier' ? { ...words, hint: t('identifier.hint') } : words
}
