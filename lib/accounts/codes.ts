/** What can be wrong with a new password, in the order a person is told. */
export const passwordIssues = [
  'too_short',
  'missing_lower',
  'missing_upper',
  'missing_digit',
  'missing_special',
  'too_long',
  'personal',
  'too_common',
] as const

export type PasswordIssue = (typeof passwordIssues)[number]

/** What can be wrong with one field. Every form translates these; `lib` knows no words. */
export type FieldCode = 'missing' | 'invalid' | 'too_long' | 'unsafe_characters' | 'wrong' | 'taken' | PasswordIssue

/** What can be wrong with a whole submission. */
export type FormCode =
  | 'invalid_credentials'
  | 'confirmation_sent_again'
  | 'identity_mismatch'
  | 'too_many_requests'
  | 'busy'
  | 'cross_origin'
  | 'unexpected'

/** Why a mailed link no longer serves. */
export type LinkProblem =
  | 'unknown'
  | 'used'
  | 'expired'
  | 'password_changed'
  | 'address_changed'
  | 'account_closing'
  | 'too_many_attempts'
  | 'replaced'

/** Why a link that gives an account a new address no longer serves. */
export type NewEmailProblem = 'unknown' | 'used' | 'expired' | 'password_changed' | 'replaced' | 'address_taken'

/** Why a link "this was not me" no longer serves. */
export type NotMeProblem = 'unknown' | 'used' | 'expired' | 'replaced' | 'address_taken'
