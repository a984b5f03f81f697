import { z } from 'zod'
import {
  canonicalEmail,
  canonicalName,
  canonicalUsername,
  hasMarkup,
  shownName,
  shownUsername,
} from '@/lib/accounts/canonical'
import type { FieldCode } from '@/lib/accounts/codes'
import { hasForeignLocalPart } from '@/lib/accounts/typed-email'
import { countries } from '@/lib/i18n/countries'
import { locales } from '@/lib/i18n/locales'
import { passwordPolicy } from '@/lib/policy'
import { trimUnseen } from '@/lib/unseen'

export const organizationTypes = [
  'company',
  'association',
  'public_body',
  'education_research',
  'self_employed',
  'individual',
] as const

export type OrganizationType = (typeof organizationTypes)[number]

/** One code per field: what follows the first fault is not looked at. */
const fault = (error: FieldCode) => ({ error, abort: true })

const text = (maxLength: number) =>
  z
    .string(fault('invalid'))
    .refine((value) => value.isWellFormed() && !value.includes('\0'), fault('unsafe_characters'))
    .refine((value) => trimUnseen(value) !== '', fault('missing'))
    .refine((value) => value.length <= maxLength, fault('too_long'))

const email = text(320).transform((typed, context) => {
  const canonical = canonicalEmail(typed)
  if (canonical) return canonical
  context.addIssue(hasForeignLocalPart(typed) ? 'foreign_local_part' : 'invalid')
  return z.NEVER
})

const username = text(320).transform((typed, context) => {
  const key = canonicalUsername(typed)
  if (key) return { name: shownUsername(typed), key }
  context.addIssue('invalid')
  return z.NEVER
})

const name = text(100)
  .transform(shownName)
  .refine((value) => canonicalName(value) !== '', fault('missing'))
  .refine((value) => !hasMarkup(value), fault('markup'))

/** A password as typed: never trimmed. Its strength is judged elsewhere, once it is known who asks. */
const password = z
  .string(fault('invalid'))
  .refine((value) => value !== '', fault('missing'))
  .refine((value) => value.isWellFormed(), fault('invalid'))
  .refine((value) => value.length <= passwordPolicy.maxBytes, fault('too_long'))

const details = {
  firstName: name,
  lastName: name,
  country: text(2).refine((code) => countries.includes(code), fault('invalid')),
  organizationType: text(32).pipe(z.enum(organizationTypes, fault('invalid'))),
}

const identity = { email, ...details }

export const signUpSchema = z.object({ ...identity, password })
export const logInSchema = z.object({
  identifier: text(320),
  password,
  locale: z.enum(locales).optional().catch(undefined),
})
export const resendConfirmationSchema = z.object({ email })
export const verificationSchema = z.object({ password })
export const resetRequestSchema = z.object(identity)
export const resetRedeemSchema = z.object({ ...identity, newPassword: password })
export const changePasswordSchema = z.object({ currentPassword: password, newPassword: password })
export const changeEmailSchema = z.object({ newEmail: email, currentPassword: password })
export const changeDetailsSchema = z.object({ ...details, currentPassword: password })
export const newEmailSchema = z.object({ currentPassword: password })
export const closeAccountSchema = z.object({ currentPassword: password })
export const localeSchema = z.object({ locale: z.enum(locales, fault('invalid')) })
export const usernameSchema = z.object({ username })
export const endSessionSchema = z.object({ session: text(36).pipe(z.uuid(fault('invalid'))) })
export const nothingSchema = z.object({})

export type SignUp = z.infer<typeof signUpSchema>
export type ResendConfirmation = z.infer<typeof resendConfirmationSchema>
export type LogIn = z.infer<typeof logInSchema>
/** The five fields as typed, checked for form only. */
export type IdentityClaim = z.infer<typeof resetRequestSchema>
export type ResetRedeem = z.infer<typeof resetRedeemSchema>
export type CloseAccount = z.infer<typeof closeAccountSchema>
export type Username = z.infer<typeof usernameSchema>['username']
export type ChangePassword = z.infer<typeof changePasswordSchema>
export type ChangeDetails = z.infer<typeof changeDetailsSchema>
export type ChangeEmail = z.infer<typeof changeEmailSchema>
