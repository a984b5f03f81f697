import { randomBytes } from 'node:crypto'
import { vi } from 'vitest'
import { signingKeys } from '@/lib/apps/keys'
import { db } from '@/lib/db/client'

/** The ids of the keys of today, first that of the one that signs. */
export async function kids(): Promise<string[]> {
  const { keys } = await signingKeys()
  return keys.map(({ kid }) => kid)
}

/** As if the keys were so much older. */
export async function age(seconds: number): Promise<void> {
  await (await db())
    .$executeRaw`UPDATE "SigningKey" SET "validFrom" = "validFrom" - ${seconds}::int * interval '1 second'`
}

/** Makes the service of a file know these secrets. */
export function useSecrets(present: string, former?: string): void {
  vi.stubEnv('APP_SECRET', present)
  vi.stubEnv('APP_SECRET_PREVIOUS', former)
  forgetEnv()
}

/** Has the variables read anew. */
export function forgetEnv(): void {
  delete (globalThis as { __metamotsEnv?: unknown }).__metamotsEnv
}

export function newSecret(): string {
  return randomBytes(32).toString('base64')
}
