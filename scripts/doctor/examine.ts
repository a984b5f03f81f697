import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigurationError, type Env, readEnv } from '@/lib/env'
import { inWords } from '@/scripts/commands/in-words'
import { progress } from '@/scripts/commands/progress'
import { type Check, type Finding, fault, type Patient } from '@/scripts/doctor/check'
import { clientHeader } from '@/scripts/doctor/client-header'
import { clock } from '@/scripts/doctor/clock'
import { configuration } from '@/scripts/doctor/configuration'
import { openDatabase } from '@/scripts/doctor/database'
import { databaseLimits } from '@/scripts/doctor/database-limits'
import { grants } from '@/scripts/doctor/grants'
import { listening } from '@/scripts/doctor/listening'
import { mailDomain } from '@/scripts/doctor/mail-domain'
import { mailProvider } from '@/scripts/doctor/mail-provider'
import { migrations } from '@/scripts/doctor/migrations'
import { outbox } from '@/scripts/doctor/outbox'
import { passwordHashing } from '@/scripts/doctor/password-hashing'

const patienceMs = 10_000

/** Looks at all that the service needs, whatever of it is broken. Never throws, and no check takes longer than ten seconds. */
export async function examine(variables: Record<string, string | undefined> = process.env): Promise<Finding[]> {
  const patient = readPatient(variables)
  const [database, close] = openDatabase(patient)
  const checks = [
    configuration,
    database,
    migrations,
    grants,
    databaseLimits,
    clock,
    listening,
    clientHeader,
    passwordHashing,
    outbox,
    mailProvider,
    mailDomain,
  ]
  const findings: Finding[] = []
  for (const check of checks) findings.push(await lookThrough(check, patient))
  await close()
  return findings
}

async function lookThrough(check: Check, patient: Patient): Promise<Finding> {
  progress(`Looking at ${check.name} …`)
  const timeout = new AbortController()
  const late = sleep(
    patienceMs,
    fault(`nothing came of it in ${patienceMs / 1_000} s`, 'Look whether something on the way to it hangs.'),
    {
      signal: timeout.signal,
    },
  )
  late.catch(() => {})
  const verdict = check
    .look(patient)
    .catch((error: unknown) => fault(inWords(error).message, 'Mend that first, then look again.'))
  const found = await Promise.race([verdict, late])
  timeout.abort()
  return { check: check.name, ...found }
}

function readPatient(variables: Record<string, string | undefined>): Patient {
  const value = (name: string) => variables[name]?.trim() || null
  let env: Env | null = null
  let faults: string[] = []
  try {
    env = readEnv(variables)
  } catch (error) {
    faults = error instanceof ConfigurationError ? error.faults : [inWords(error).message]
  }
  return {
    env,
    faults,
    databaseUrl: value('DATABASE_URL'),
    dataDir: path.resolve(value('DATA_DIR') ?? '.data'),
    apiKey: value('RESEND_API_KEY'),
    mailFrom: value('MAIL_FROM'),
    ask: null,
  }
}
