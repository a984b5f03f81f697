import { cpSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

// Makes a folder in which `node migrate.mjs` migrates a Postgres, without `node_modules`: one file and the SQL.
const folder = '.next/migrate'

await build({
  entryPoints: ['scripts/migrate.ts'],
  outfile: path.join(folder, 'migrate.mjs'),
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  external: ['pg-native'],
  alias: { '@/lib/db/embedded': './lib/db/no-embedded.ts' },
  // Some of what is bundled is CommonJS.
  banner: {
    js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;",
  },
})
cpSync('prisma/migrations', path.join(folder, 'prisma/migrations'), { recursive: true })
