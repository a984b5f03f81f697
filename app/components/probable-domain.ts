import { withoutSlips } from '@/lib/accounts/typed-email'

/** Domains that many people have their mail at, each too long for a word of its own to be one letter away by chance. */
const domains = [
  'gmail.com',
  'googlemail.com',
  'hotmail.com',
  'hotmail.fr',
  'icloud.com',
  'laposte.net',
  'libero.it',
  'orange.fr',
  'outlook.com',
  'outlook.fr',
  'wanadoo.fr',
  'yahoo.com',
]
/** Others that exist, one letter away. */
const alike = ['mail.com', 'ymail.com']

/** The well-known domain that somebody probably meant: the one that a single slip of the finger leads away from. Else null. */
export function probableDomain(email: string): string | null {
  const typed = withoutSlips(email).normalize('NFKC').toLowerCase().split('@')[1] ?? ''
  if (domains.includes(typed) || alike.includes(typed)) return null
  return domains.find((domain) => isOneSlipAway(typed, domain)) ?? null
}

/** The e-mail that was typed, without what can only be a slip, and at this domain. */
export function atDomain(email: string, domain: string): string {
  return `${withoutSlips(email).split('@')[0]}@${domain}`
}

/** Whether one letter is missing, too many or another, or two that stand side by side have changed places. */
function isOneSlipAway(typed: string, meant: string): boolean {
  let at = 0
  while (at < typed.length && typed[at] === meant[at]) at += 1
  const [t, m] = [typed.slice(at), meant.slice(at)]
  return (
    t === m.slice(1) ||
    t.slice(1) === m ||
    t.slice(1) === m.slice(1) ||
    (t[0] === m[1] && t[1] === m[0] && t.slice(2) === m.slice(2))
  )
}
