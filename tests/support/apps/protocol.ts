import { randomBytes } from 'node:crypto'
import { sha256 } from '@/lib/secrets'

/** By what an application is known, and where codes come to. */
export type Client = { id: string; secret: string; callback: string }

/** What an application asks for, as it is sent, and what it keeps to take the answer. */
export type AskedFor = { query: URLSearchParams; verifier: string }

/** Asks for no more than who somebody is; null leaves a parameter out. */
export function asked(
  { id, callback }: Pick<Client, 'id' | 'callback'>,
  changes: Record<string, string | null> = {},
): AskedFor {
  const verifier = random()
  const all: Record<string, string | null> = {
    client_id: id,
    redirect_uri: callback,
    scope: 'openid',
    state: random(),
    nonce: random(),
    response_type: 'code',
    code_challenge: sha256(verifier),
    code_challenge_method: 'S256',
    ...changes,
  }
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null)
  return { query: new URLSearchParams(sent), verifier }
}

type Redeemed = { code: string | null; verifier: string; redirectUri?: string; isBasic?: boolean }

/** What redeems a code, with the secret of the application in the header or in the body. */
export function redemption(
  { id, secret, callback }: Client,
  { code, verifier, redirectUri = callback, isBasic = true }: Redeemed,
): { method: string; body: URLSearchParams; headers: Record<string, string> } {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: code ?? '',
    code_verifier: verifier,
    redirect_uri: redirectUri,
    ...(isBasic ? {} : { client_id: id, client_secret: secret }),
  })
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
  return { method: 'POST', body, headers: isBasic ? { authorization } : {} }
}

function random(): string {
  return randomBytes(32).toString('base64url')
}
