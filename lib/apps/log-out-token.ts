import { randomUUID } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import { signingKeys } from '@/lib/apps/keys'
import { env } from '@/lib/env'

/** What tells an application that a session in it is over, signed as OpenID Connect Back-Channel Logout 1.0 has it (2.4), good for two minutes. */
export async function logOutToken(app: string, accountId: string, appSessionId: string): Promise<string> {
  const {
    keys: [key],
  } = await signingKeys()
  if (!key) throw new Error('no key to sign with')
  return new SignJWT({ sid: appSessionId, events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'logout+jwt' })
    .setIssuer(env().appUrl)
    .setAudience(app)
    .setSubject(accountId)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('2 min')
    .sign(await importJWK(key, key.alg))
}
