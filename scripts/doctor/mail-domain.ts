import { Resolver } from 'node:dns/promises'
import { type Check, warning, well } from '@/scripts/doctor/check'
import { domainOf } from '@/scripts/doctor/mail-provider'

/** The texts of a name; none where it has none. Throws when nobody answers. */
export type TextsOf = (name: string) => Promise<string[]>

/** Whether the domain that mails come from says so: without SPF, DKIM and DMARC they are taken for spam. */
export const mailDomain: Check = {
  name: 'mail domain',
  look: async ({ apiKey, mailFrom }) => {
    const domain = domainOf(mailFrom)
    if (apiKey === null || domain === null) return well('no mail leaves this machine')
    return judgeDomain(domain, textsByDns())
  },
}

/** As Resend sets a domain up: its return path at `send`, its key at `resend._domainkey`; DMARC may be the parent’s. */
export async function judgeDomain(domain: string, textsOf: TextsOf) {
  const parent = domain.split('.').slice(-2).join('.')
  const sought: [string, string[], RegExp][] = [
    ['SPF', [`send.${domain}`, domain], /^v=spf1\b.*\binclude:(?:amazonses\.com|[\w.-]*resend\.com)/i],
    ['DKIM', [`resend._domainkey.${domain}`], /\bp=[A-Za-z0-9+/]{20,}/],
    ['DMARC', [`_dmarc.${domain}`, `_dmarc.${parent}`], /^v=DMARC1\b/i],
  ]
  const missing: string[] = []
  try {
    for (const [what, names, looks] of sought) {
      const texts = (await Promise.all(names.map(textsOf))).flat()
      if (!texts.some((text) => looks.test(text))) missing.push(`${what} (${names[0]})`)
    }
  } catch {
    return well(`${domain}: no name server is reached from here, so its records were not looked at`)
  }
  if (missing.length === 0) return well(`${domain} has SPF, DKIM and DMARC`)
  return warning(
    `${domain} lacks ${missing.join(', ')}`,
    'Enter the TXT records that resend.com shows for the domain, and “v=DMARC1; p=none;” or stricter at _dmarc.',
  )
}

const nothingThere = ['ENODATA', 'ENOTFOUND']

function textsByDns(): TextsOf {
  const resolver = new Resolver({ timeout: 1_500, tries: 1 })
  return async (name) => {
    try {
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
    } catch (error) {
      if (nothingThere.includes((error as NodeJS.ErrnoException).code ?? '')) return []
      throw error
    }
  }
}
