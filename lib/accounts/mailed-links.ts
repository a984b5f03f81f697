import { tokenPolicy } from '@/lib/policy'

/**
 * The links that mails bring, by the page they lead to: what their token serves for, the cookie that keeps it once
 * followed, the limit of redeeming, what events of it are recorded under, and the lifetime.
 */
export const mailedLinks = {
  'reset-password': {
    purpose: 'password_reset',
    cookie: 'reset',
    limit: 'reset_redeem',
    via: 'password_reset',
    ...tokenPolicy.passwordReset,
  },
  'verify-email': {
    purpose: 'verification',
    cookie: 'verify',
    limit: 'verification',
    via: 'verification',
    ...tokenPolicy.verification,
  },
  'new-email': {
    purpose: 'address_change',
    cookie: 'new-email',
    limit: 'new_email',
    via: 'new_email',
    ...tokenPolicy.emailChange,
  },
  'not-me': { purpose: 'not_me', cookie: 'not-me', limit: 'not_me', via: 'not_me', ...tokenPolicy.notMe },
} as const

export type LinkPage = keyof typeof mailedLinks

export type TokenPurpose = (typeof mailedLinks)[LinkPage]['purpose']
