import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import { migrationsFolder, readMigrations } from '@/prisma/read-migrations'

type WasmExports = WebAssembly.Exports & { __wbindgen_start(): void }
const wasmModule = engineModule as typeof engineModule & { __wbg_set_wasm(exports: WebAssembly.Exports): void }

export const schemaFile = path.join('prisma', 'schema.prisma')
export const allTables = { externalTables: [], externalEnums: [] }

/** The migrations of the repository as the engine wants them. */
export async function engineMigrations() {
  const migrations = await readMigrations()
  return {
    baseDir: migrationsFolder,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(migrationsFolder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, script }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: script } },
    })),
  }
}

let loaded: Promise<void> | undefined

/**
 * Runs `work` with Prisma's schema engine, compiled to WebAssembly, on the database behind `factory`, and closes every
 * connection made for it: nothing native, nothing fetched.
 */
export async function withSchemaEngine<Value>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: engineModule.SchemaEngine) => Promise<Value>,
): Promise<Value> {
  loaded ??= load()
  await loaded
  const connections: SqlDriverAdapter[] = []
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const connection = await connect()
    connections.push(connection)
    return connection
  }
  const datamodels: [string, string][] = [[schemaFile, await readFile(schemaFile, 'utf8')]]
  const adapter = bindMigrationAwareSqlAdapterFactory(factory)
  try {
    return await work(await wasmModule.SchemaEngine.new({ datamodels }, () => undefined, adapter))
  } finally {
    for (const connection of connections) await connection.dispose()
  }
}

async function load(): Promise<void> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const { instance } = await WebAssembly.instantiate(await readFile(path.join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': wasmModule as unknown as WebAssembly.ModuleImports,
  })
  wasmModule.__wbg_set_wasm(instance.exports)
  ;(instance.exports as WasmExports).__wbindgen_start()
}
