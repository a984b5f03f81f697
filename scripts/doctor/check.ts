import type { Env } from '@/lib/env'
import type { Ask } from '@/scripts/plain-connection'

/** What a check found: what was seen and, unless all is well, how to mend it. */
export type Verdict = { state: 'ok' | 'warning' | 'fault'; seen: string; remedy?: string }

export type Finding = Verdict & { check: string }

/** What checks look at. A configuration with faults does not hide what can be read of it. */
export type Patient = {
  /** Null when the configuration has `faults`. */
  env: Env | null
  faults: string[]
  databaseUrl: string | null
  dataDir: string
  apiKey: string | null
  mailFrom: string | null
  /** Null when the database cannot be asked. */
  ask: Ask | null
}

export type Check = { name: string; look(patient: Patient): Promise<Verdict> }

export const well = (seen: string): Verdict => ({ state: 'ok', seen })
export const warning = (seen: string, remedy: string): Verdict => ({ state: 'warning', seen, remedy })
export const fault = (seen: string, remedy: string): Verdict => ({ state: 'fault', seen, remedy })

/** A check that needs the database, and says so where there is none. */
export function ofDatabase(name: string, look: (ask: Ask, patient: Patient) => Promise<Verdict>): Check {
  const unseen: Verdict = { state: 'warning', seen: 'not looked at, because the database cannot be asked' }
  return { name, look: async (patient) => (patient.ask ? look(patient.ask, patient) : unseen) }
}
