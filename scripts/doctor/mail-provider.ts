import { type Domain, type ErrorResponse, Resend } from 'resend'
import { type Check, fault, type Patient, type Verdict, warning, well } from '@/scripts/doctor/check'

const patienceMs = 5_000

/** Whether Resend takes the key, by a call that sends nothing and changes nothing. */
export const mailProvider: Check = {
  name: 'mail provider',
  look: async ({ apiKey, env, mailFrom }) => {
    if (apiKey === null) return well('none: mails go to the local mailbox')
    const signal = AbortSignal.timeout(patienceMs)
    const resend = new Resend(apiKey, env?.resend?.baseUrl ? { baseUrl: env.resend.baseUrl } : {})
    const { data, error } = await resend.domains.list(undefined, { signal }).catch(() => ({ data: null, error: null }))
    if (data) return judgeDomains(data.data, domainOf(mailFrom))
    return error ? judgeError(error) : unreachable
  },
}

/** The domain that mails come from; null when the sender is not readable. */
export function domainOf(mailFrom: Patient['mailFrom']): string | null {
  return /@([\w.-]+)>?$/.exec(mailFrom ?? '')?.[1]?.toLowerCase() ?? null
}

const unreachable = warning(
  'not reached from here',
  'Look whether this machine may connect to api.resend.com by https. Mails wait meanwhile.',
)

function judgeError({ name, statusCode }: ErrorResponse): Verdict {
  if (name === 'restricted_api_key') return well('the key is good, for sending alone')
  if (statusCode === 401 || statusCode === 403 || name === 'invalid_api_key')
    return fault(
      `the key is refused (${name})`,
      'Make a new one at resend.com, under API Keys, and set RESEND_API_KEY. Mails wait meanwhile.',
    )
  if (statusCode === 429) return warning('it asks to come back later (429)', 'Look again in a minute.')
  return statusCode === null
    ? unreachable
    : warning(`it answers ${statusCode} (${name})`, 'See status.resend.com. Mails wait meanwhile.')
}

function judgeDomains(domains: Domain[], sender: string | null): Verdict {
  const domain = domains.find(({ name }) => name.toLowerCase() === sender)
  if (!domain)
    return fault(
      `the key is good, but ${sender} is no domain of its account`,
      'Add the domain at resend.com, or give in MAIL_FROM one that is there.',
    )
  if (domain.status !== 'verified')
    return fault(
      `the key is good, but ${sender} is ${domain.status}`,
      'Enter the records that resend.com shows for the domain, and wait until it is verified.',
    )
  if (domain.click_tracking || domain.open_tracking)
    return warning(
      `the key is good, and ${sender} is verified, but it tracks opens or clicks`,
      'Turn both off at resend.com: with them the links of mails lead through somebody else’s server, secrets and all.',
    )
  return well(`the key is good, and ${sender} is verified`)
}
