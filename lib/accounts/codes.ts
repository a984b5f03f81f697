/** What can be wrong with a new password, in the order a person is told. */
export const passwordIssues = [
  'unseen',
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
export type FieldCode =
  | 'missing'
  | 'invalid'
  | 'too_long'
  | 'unsafe_characters'
  | 'markup'
  | 'foreign_local_part'
  | 'wrong'
  | 'taken'
  | PasswordIssue

/** What can be wrong with a whole submission. */
export type FormCode =
  | 'invalid_credentials'
  | 'wrong_password'
  | 'wrong_former_password'
  | 'identity_mismatch'
  | 'unchanged'
  | 'too_many_requests'
  | 'no_mail_today'
  | 'busy'
  | 'cross_origin'
  | 'cookies_refused'
  | 'unexpected'

type LinkProblems = {
  'reset-password': 'password_changed' | 'address_changed' | 'account_closing' | 'too_many_attempts' | 'replaced'
  'verify-email': 'too_many_attempts' | 'replaced' | 'address_taken'
  'new-email': 'password_changed' | 'too_many_attempts' | 'replaced' | 'address_taken'
  'not-me': 'too_many_attempts' | 'replaced' | 'address_taken'
}

/** What stands in the way before anything is known of a link: its token did not come whole, no cookie came back, or others were followed since. */
export const unopenedCodes = ['damaged', 'no_cookie', 'another_link'] as const

export type Unopened = (typeof unopenedCodes)[number]

/** Why a mailed link to a page no longer serves. */
export type LinkProblem<Page extends keyof LinkProblems> = 'unknown' | 'used' | 'expired' | LinkProblems[Page]
