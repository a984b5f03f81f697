import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '@/prisma/migrate'
import { startPostgres } from '@/tests/support/postgres/server'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
    /** A folder with the embedded database, migrated and closed, to be copied: making one takes seconds. */
    embeddedTemplate: string
    /** The name of a database on the server, migrated and left alone, to be copied as well. */
    postgresTemplate: string
  }
}

/** One server for the whole run; every test makes a database of its own on it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const template = await mkdtemp(path.join(tmpdir(), 'embedded-template-'))
  const [server] = await Promise.all([startPostgres(), migrate({ databaseUrl: null, dataDir: template })])
  project.provide('embeddedTemplate', template)
  project.provide('postgresUrl', server.url('postgres'))
  await migrate({ databaseUrl: await server.createDatabase('migrated'), dataDir: '' })
  project.provide('postgresTemplate', 'migrated')
  return async () => {
    await server.stop()
    await rm(template, { recursive: true })
  }
}
