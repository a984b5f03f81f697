import { noAddress } from '@/lib/http/network'
import { pseudonym } from '@/lib/secrets'
import { fault, ofDatabase, warning, well } from '@/scripts/doctor/check'

/** Whether the header with the client's address arrives: without it, everybody in the world shares one limit. */
export const clientHeader = ofDatabase('client header', async (ask, { env }) => {
  if (env === null) return warning('not looked at, for the configuration has faults', 'See configuration.')
  if (env.trustedIpHeader === null) return well('none is needed: only this machine can connect')
  // A digest in base64url: it holds nothing that SQL could take for more, but `_`.
  const digest = pseudonym(noAddress)
  const [row] = await ask<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM "RateLimit" WHERE right("key", ${digest.length + 1}) = ':${digest}' AND "endsAt" > now()`,
  )
  if ((row?.count ?? 0) === 0) return well(`${env.trustedIpHeader}; no request came without it lately`)
  return fault(
    `requests arrive without an address in ${env.trustedIpHeader}`,
    'Whoever sends them shares one limit with the whole world. Have the proxy set it, or name in TRUSTED_IP_HEADER the header that it does set.',
  )
})
