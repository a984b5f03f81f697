/** One more of something. Attributes are words of our own code, of which there are few. */
export type Count = { name: string; attributes: Record<string, string> }

/** What of an event becomes an attribute. All else in it is about one mail, account or network. */
const described = ['via', 'kind', 'template', 'page', 'reason', 'signal']

/** The ways from asking to having, step by step: which events are which step. */
const funnels: Record<string, Record<string, string>> = {
  'metamots.reset.requested': { event: 'mail_enqueued', kind: 'password_reset' },
  'metamots.reset.matched': { event: 'mail_decided', kind: 'password_reset', template: 'reset_password' },
  'metamots.reset.mailed': { event: 'mail_sent', template: 'reset_password' },
  'metamots.reset.delivered': { event: 'mail_delivered', template: 'reset_password' },
  'metamots.reset.opened': { event: 'link_followed', page: 'reset-password' },
  'metamots.reset.changed': { event: 'authn_password_change', via: 'password_reset' },
  'metamots.sign_up.requested': { event: 'mail_enqueued', kind: 'sign_up' },
  'metamots.sign_up.mailed': { event: 'mail_sent', template: 'verify_address' },
  'metamots.sign_up.delivered': { event: 'mail_delivered', template: 'verify_address' },
  'metamots.sign_up.opened': { event: 'link_followed', page: 'verify-email' },
  'metamots.sign_up.created': { event: 'user_created' },
}

/** What an event of the log counts as: always itself, and perhaps a step of a funnel. */
export function countsOf(event: string, fields: Readonly<Record<string, unknown>>): Count[] {
  const attributes: Record<string, string> = { event }
  for (const name of described) if (typeof fields[name] === 'string') attributes[name] = fields[name]
  const steps = Object.entries(funnels).filter(([, step]) =>
    Object.entries(step).every(([name, value]) => attributes[name] === value),
  )
  return [{ name: 'metamots.events', attributes }, ...steps.map(([name]) => ({ name, attributes: {} }))]
}
