import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (file: string) => readFileSync(file, 'utf8')
const documents = ['README.md', ...readdirSync('docs').filter((name) => name.endsWith('.md'))].map((name) =>
  name === 'README.md' ? name : `docs/${name}`,
)

/** Who runs a command of ours: a file, and the words in it that do. */
const runs: [RegExp, string, string][] = [
  [/^npm ci$|^npm ci && npm (?:test|start)$|^npm audit$/, '.ci/run', 'npm ci'],
  [/^npm (?:ci && npm )?start$|^node scripts\/start\.mjs$/, 'tests/e2e/process.spec.ts', "['npm', 'start']"],
  [/^npm (?:ci && npm )?test(?: unit)?$/, '.ci/run', 'count npm test'],
  [/^npm run check$|^npx tsx tools\/(?:variables|schema-diff)\.ts$/, '.ci/run', 'count npm run check'],
  [
    /^npm run (?:test:(?:pages|faults|clients)|size|lighthouse)$/,
    '.ci/run',
    'npm test pages faults clients size lighthouse',
  ],
  [/^npm run test:timing$/, '.ci/run', 'count npm run test:timing'],
  [/^npm run test:serverless$/, '.ci/run', 'count npm run test:serverless'],
  [/^npm run migrate(?: -- status)?$/, 'tests/e2e/process.spec.ts', "run('migrate')"],
  [/^npm run build(?::once)?$/, 'tools/test.ts', "['run', 'build:once']"],
  [/^npm run (?:--silent )?metamots/, 'tests/integration/command-line.test.ts', "'metamots', '--'"],
  [/^BUILD_TARGET=standalone npx @opennextjs\/aws@\S+ build$/, 'tests/support/functions/builds.ts', 'open-next'],
  [/^vercel deploy --prod$/, 'tests/support/functions/builds.ts', "'build', '--yes', '--prod'"],
  [/^docker build /, 'tests/support/functions/builds.ts', "readFile('Dockerfile'"],
  [/^docker (?:run --rm|compose) /, 'tests/serverless/container.spec.ts', "['node', 'migrate.mjs']"],
  [/^docker run --detach /, 'tests/serverless/container.spec.ts', 'startContainer(image'],
  [/^curl -f \S+\/api\/health\/ready$/, 'tests/support/app/app.ts', '/api/health/ready'],
  [/^cp examples\/nginx\.conf /, 'tests/support/nginx/nginx.ts', 'examples/nginx.conf'],
]

/** What developers do by hand, and what is a platform's or a system's own. */
const byHand =
  /^npm (?:start|run (?:dev|icons|(?:components|help|mail|pages):pictures|bench(?::scale)?(?: -- .+)?|test:(?:nodes|engines|pictures|voice)))$|^npm run build:once && npx playwright test --project=voice -u$|^npx vitest run|target\.ts$|^npm i -g vercel$|^vercel (?:link|env add)|^(?:for|done|git clone|install|set -a|cp examples\/account-access\.service|curl -H) ?|^(?:ALTER|GRANT|SELECT|UPDATE|DELETE|CREATE|REVOKE)\b/

const commands = documents.flatMap((document) => [...commandsOf(read(document))])

test('every command of the documents is run by a test, or is one that people and platforms give', () => {
  expect(commands.length).toBeGreaterThan(40)
  expect(commands.filter((command) => !byHand.test(command) && !runs.some(([which]) => which.test(command)))).toEqual(
    [],
  )
})

test.for(runs)('what runs %s does so', ([which, file, words]) => {
  expect(commands.filter((command) => which.test(command)).length).toBeGreaterThan(0)
  expect(read(file)).toContain(words)
})

/** The lines of blocks, without remarks and JSON, and what begins as a command in the text; a sentence is the title of a test. */
function* commandsOf(text: string): Generator<string> {
  for (const [, line = ''] of text.matchAll(/^ {4}([^\s[{].*)$/gm)) yield line.replace(/ +#.*$/, '').trim()
  for (const [, code = ''] of text.matchAll(/`((?:npm|npx|node|curl) [^`]+)`/g))
    if (!/\b(?:says|ends)\b/.test(code)) yield code
}
