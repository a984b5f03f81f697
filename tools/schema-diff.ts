import { readFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { embeddedFactory } from '@/lib/db/embedded'
import { allTables, engineMigrations, schemaFile, withSchemaEngine } from '@/tools/schema-engine'

// Prints, as SQL, what the migrations lack for the schema: the text of the next migration. With --check, any is a failure.
const database = new PGlite()
const factory = embeddedFactory(database, () => database.close())
const migrations = await engineMigrations()
const { stdout } = await withSchemaEngine(factory, async (engine) =>
  engine.diff({
    from: { tag: 'migrations', ...migrations },
    to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content: await readFile(schemaFile, 'utf8') }] },
    script: true,
    exitCode: null,
    filters: allTables,
  }),
)
const empty = /^\s*(-- This is an empty migration\.\s*)?$/.test(stdout ?? '')
if (!empty) console.log(stdout)
process.exit(process.argv.includes('--check') && !empty ? 1 : 0)
