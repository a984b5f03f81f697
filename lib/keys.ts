import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { env } from '@/lib/env'

export type KeyPurpose =
  | 'password_reset'
  | 'verification'
  | 'address_change'
  | 'not_me'
  | 'pseudonym'
  | 'device'
  | 'server_actions'

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

/** A keyed digest that stands for an address or identifier in logs, limits and the audit; 128 bits, base64url. */
export function pseudonym(value: string): string {
  return createHmac('sha256', purposeKey('pseudonym')).update(value).digest('base64url').slice(0, 22)
}

/** The only form in which a token of 256 bits may rest. */
export function sha256(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** 256 bits from the system's generator, base64url. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}
