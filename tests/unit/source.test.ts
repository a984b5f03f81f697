import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import config from '@/next.config'

const pages = await sourcesIn('app')
const all = { ...pages, ...(await sourcesIn('lib')), ...(await sourcesIn('prisma')) }

function undrawn(sources: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(sources).filter(([file]) => !file.startsWith('app/components/')))
}

/** What is nowhere in the source, or in the named files alone, and why. */
const rules: [string, Record<string, string>, RegExp, string[]][] = [
  ['statements are never put together from text', all, /RawUnsafe|Prisma\.raw\(/, []],
  ['a row is found by its key, never as the first of some', all, /\.findFirst/, []],
  ['there is one client of the database', all, /new PrismaClient\(/, ['lib/db/client.ts']],
  [
    'the environment is read in one place, and where that cannot be loaded',
    all,
    /process\.env\b(?!\.(?:NODE_ENV|NEXT_RUNTIME)\b)/,
    [
      'lib/app-url.ts',
      'lib/env.ts',
      'lib/http/origin.ts',
      'lib/http/transport-security.ts',
      'lib/opentelemetry/begin.ts',
      'lib/opentelemetry/start.ts',
      'lib/platform.ts',
    ],
  ],
  [
    'what OpenTelemetry needs is loaded from one place',
    all,
    /from '@opentelemetry|import\('@(opentelemetry|\/lib\/opentelemetry)/,
    ['clean-span', 'start', 'telemetry', 'begin'].map((name) => `lib/opentelemetry/${name}.ts`).sort(),
  ],
  ['what is shown is text', pages, /dangerouslySetInnerHTML|innerHTML/, []],
  ['pages have no styles of their own, which the policy refuses', pages, /\bstyle=\{/, []],
  ['pages put components together and draw nothing themselves', undrawn(pages), /className/, []],
  ['an expected failure is said with all that is known of it', pages, /formCode: result\.code/, []],
  ['nothing is kept between requests', pages, /['"]use cache['"]|unstable_cache|revalidate\s*=/, []],
  ['there is nothing to begin with, no account and no data', all, /\bseed\b/i, []],
]

test.each(rules)('%s', (_, sources, pattern, places) => {
  const found = Object.entries(sources).filter(([, text]) => pattern.test(text))
  expect(found.map(([file]) => file).sort()).toEqual(places)
})

test('of what the framework can do, that which was broken into is off', () => {
  expect(config).toMatchObject({ poweredByHeader: false, images: { unoptimized: true } })
  expect(config.experimental?.serverActions).toEqual({ bodySizeLimit: '16kb' })
  for (const name of ['rewrites', 'redirects', 'assetPrefix', 'basePath'] as const) expect(config[name]).toBeUndefined()
})

async function sourcesIn(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true })
  const files = names
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('generated'))
    .map((name) => join(folder, name))
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)))
}
