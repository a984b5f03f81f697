import { randomBytes } from 'node:crypto'
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

/** Makes the service of a file know these secrets from now on. */
export function useSecrets(present: string, former = ''): void {
  process.env.APP_SECRET = present
  process.env.APP_SECRET_PREVIOUS = former
  forgetEnv()
}

/** Has the variables read anew. */
export function forgetEnv(): void {
  Reflect.deleteProperty(globalThis, '__metamotsEnv')
}

export function newSecret(): string {
  return randomBytes(32).toString('base64')
}
