import { expect, test } from 'vitest'
import { countsOf } from '@/lib/opentelemetry/counts'

const steps: [string, string, Record<string, string>][] = [
  ['metamots.reset.requested', 'mail_enqueued', { kind: 'password_reset' }],
  ['metamots.reset.matched', 'mail_decided', { kind: 'password_reset', template: 'reset_password' }],
  ['metamots.reset.mailed', 'mail_sent', { template: 'reset_password' }],
  ['metamots.reset.delivered', 'mail_delivered', { template: 'reset_password' }],
  ['metamots.reset.opened', 'link_followed', { page: 'reset-password' }],
  ['metamots.reset.changed', 'authn_password_change', { via: 'password_reset' }],
  ['metamots.sign_up.requested', 'mail_enqueued', { kind: 'sign_up' }],
  ['metamots.sign_up.mailed', 'mail_sent', { template: 'verify_address' }],
  ['metamots.sign_up.delivered', 'mail_delivered', { template: 'verify_address' }],
  ['metamots.sign_up.opened', 'link_followed', { page: 'verify-email' }],
  ['metamots.sign_up.created', 'user_created', {}],
]

test.each(steps)('%s counts %s of its kind, and no other', (step, event, fields) => {
  expect(countsOf(event, fields)).toEqual([
    { name: 'metamots.events', attributes: { event, ...fields } },
    { name: step, attributes: {} },
  ])
  for (const name of Object.keys(fields)) expect(countsOf(event, { ...fields, [name]: 'other' })).toHaveLength(1)
})

test('what an event says of one mail, account, request or network is not counted by', () => {
  const fields = { mail: 'm', account: 'a', subject: 's', network: 'n', fields: 'email', attempt: 2, via: 'log_in' }
  expect(countsOf('excess_rate_limit_exceeded', fields)).toEqual([
    { name: 'metamots.events', attributes: { event: 'excess_rate_limit_exceeded', via: 'log_in' } },
  ])
})
