import { defineConfig } from 'prisma/config'

// `generate` needs no native engine, but would fetch one first; naming any executable stops that.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } })
