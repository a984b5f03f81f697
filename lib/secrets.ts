import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { env } from '@/lib/env'

export type KeyPurpose =
  | 'password_reset'
  | 'verification'
  | 'address_change'
  | 'not_me'
  | 'pseudonym'
  | 'mark'
  | 'followed_link'
  | 'asked'
  | 'server_actions'
  | 'signing_key'

const keys = new Map<string, Buffer>()

/** The 32-byte key of one purpose, by HKDF from a secret, derived once in a process: no two purposes share a key. */
export function purposeKey(purpose: KeyPurpose, secret: string = env().secret): Buffer {
  const name = `${purpose}:${secret}`
  const known = keys.get(name)
  if (known) return known
  const key = Buffer.from(hkdfSync('sha256', secret, '', `metamots:v1:${purpose}`, 32))
  keys.set(name, key)
  return key
}

/** Today's secret, and the former one while that is still believed. */
export function secretsInUse(): string[] {
  const { secret, previousSecret } = env()
  return [secret, previousSecret].filter((each) => each !== null)
}

/** A keyed digest that stands for an address or identifier in logs, limits and the audit; 128 bits, base64url. */
export function pseudonym(value: string): string {
  return createHmac('sha256', purposeKey('pseudonym')).update(value).digest('base64url').slice(0, 22)
}

/** The only form in which a token of 256 bits may rest. */
export function sha256(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function isSameText(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer]
  return timingSafeEqual(first, second)
}

/** 256 bits from the system's generator, base64url. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether text has the shape of a token: 256 bits in base64url. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
}

/** The token of a purpose, of 256 bits: the same for the same id and secret. Nobody without the secret can compute it. */
export function deriveToken(purpose: KeyPurpose, id: string, secret: string = env().secret): string {
  return createHmac('sha256', purposeKey(purpose, secret)).update(`${purpose}:${id}`).digest('base64url')
}

/** The token behind a digest, derived with today's secret or the former one; null when neither made it. */
export function recoverToken(purpose: KeyPurpose, id: string, tokenHash: string): string | null {
  return (
    secretsInUse()
      .map((each) => deriveToken(purpose, id, each))
      .find((token) => sha256(token) === tokenHash) ?? null
  )
}

/** A text, or bytes, that nobody without the secret can read or change, base64url: AES-256-GCM with a fresh nonce before it. */
export function seal(purpose: KeyPurpose, said: string | Buffer, secret: string = env().secret): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', purposeKey(purpose, secret), nonce)
  const sealed = Buffer.concat([cipher.update(said), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** The text that was sealed for this purpose with this secret; null for anything else. */
export function unseal(purpose: KeyPurpose, sealed: string, secret: string = env().secret): string | null {
  return unsealBytes(purpose, sealed, secret)?.toString('utf8') ?? null
}

/** The same of bytes. */
export function unsealBytes(purpose: KeyPurpose, sealed: string, secret: string = env().secret): Buffer | null {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length <= 28) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', purposeKey(purpose, secret), bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
  } catch {
    return null
  }
}
