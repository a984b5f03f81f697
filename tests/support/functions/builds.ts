import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { readDockerfile, replay } from '@/tests/support/functions/dockerfile'

const run = promisify(execFile)
const workshop = resolve('.serverless')
/** Where the tools of the platforms are installed. */
export const tools = join(workshop, 'tools')

const environment = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_ENV: 'production' as const,
  NEXT_TELEMETRY_DISABLED: '1',
  VERCEL_TELEMETRY_DISABLED: '1',
}

/** The project as `vercel build` leaves it, with migrations on the database of the variables. */
export async function buildForVercel(variables: Record<string, string>): Promise<string> {
  const root = join(workshop, 'vercel')
  await once('vercel', async () => {
    await installTools()
    await newProject(root, await sources())
    await mkdir(join(root, '.vercel'))
    const settings = { framework: 'nextjs', installCommand: 'true' }
    await writeFile(join(root, '.vercel/project.json'), JSON.stringify({ projectId: 'x', orgId: 'y', settings }))
    await build(
      root,
      [join(tools, 'node_modules/.bin/vercel'), 'build', '--yes', '--prod', '--token', 'none'],
      variables,
    )
  })
  return root
}

/** The image of the Dockerfile, each step done here; the packages are those of this repository. */
export async function buildImage() {
  const root = join(workshop, 'image')
  const stages = readDockerfile(await readFile('Dockerfile', 'utf8'))
  const ignored = (await readFile('.dockerignore', 'utf8')).split('\n').filter(Boolean)
  const context = (await sources()).filter((name) => !ignored.some((start) => `${name}/`.startsWith(`${start}/`)))
  await once('image', async () => {
    await rm(root, { recursive: true, force: true })
    await replay(stages, root, {
      copyContext: (folder, names) => copy(names.includes('.') ? context : names, folder),
      install: (folder) => run('cp', ['-al', resolve('node_modules'), folder]),
      run: (folder, command, env) => build(folder, ['sh', '-c', command], env),
    })
  })
  const last = stages.at(-1)
  if (!last) throw new Error('The Dockerfile has no stage')
  return { ...last, root: join(root, String(stages.length - 1)), built: join(root, '0') }
}

/** A bundle of OpenNext, made of the build of the image, whose answers are buffered or streamed. */
export async function buildForLambda(streaming: boolean): Promise<string> {
  const { built } = await buildImage()
  const bundle = join(workshop, streaming ? 'lambda-streaming' : 'lambda')
  await once(streaming ? 'lambda-streaming' : 'lambda', async () => {
    await installTools()
    const env = { BUILD_TARGET: 'standalone', ...(streaming && { STREAMING: '1' }) }
    await build(join(built, 'app'), [join(tools, 'node_modules/.bin/open-next'), 'build'], env)
    await rm(bundle, { recursive: true, force: true })
    await cp(join(built, 'app/.open-next'), bundle, { recursive: true, verbatimSymlinks: true })
  })
  return bundle
}

async function installTools(): Promise<void> {
  await once('tools', async () => {
    await mkdir(tools, { recursive: true })
    for (const name of ['package.json', 'package-lock.json'])
      await cp(join('tests/serverless', name), join(tools, name))
    // Not `ci`, which refuses a lock file without the programs of other platforms, when a registry has not all of them yet.
    await run('npm', ['install', '--no-save', '--ignore-scripts', '--legacy-peer-deps', '--no-audit'], { cwd: tools })
  })
}

const unread =
  /^(?:\.ci|bench|docs|examples|tests|tools)\/|\.md$|^(?:biome|knip)\.json$|^(?:playwright|vitest)\.config\.ts$/

/** All that git would bring, but for what no build reads. */
async function sources(): Promise<string[]> {
  const { stdout } = await run('git', ['ls-files', '-co', '--exclude-standard'], { maxBuffer: 10_000_000 })
  return stdout.split('\n').filter((name) => name !== '' && !unread.test(name))
}

async function newProject(root: string, names: string[]): Promise<void> {
  await rm(root, { recursive: true, force: true })
  await copy(names, root)
  await run('cp', ['-al', resolve('node_modules'), root])
}

async function copy(names: string[], root: string): Promise<void> {
  // The root of a project is where its repository is.
  await mkdir(join(root, '.git'), { recursive: true })
  for (const name of names) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await cp(name, join(root, name))
  }
}

async function build(
  root: string,
  [program = '', ...parameters]: string[],
  env: Record<string, string>,
): Promise<void> {
  await run(program, parameters, { cwd: root, env: { ...environment, ...env }, maxBuffer: 100_000_000 })
}

/** Does it unless it was done with the same sources. */
async function once(name: string, work: () => Promise<void>): Promise<void> {
  const note = join(workshop, `${name}.note`)
  const digest = createHash('sha256')
  const [lock, ...how] = [
    'tests/serverless/package-lock.json',
    'tests/support/functions/builds.ts',
    'tests/support/functions/dockerfile.ts',
  ] as const
  for (const file of name === 'tools' ? [lock] : [...(await sources()), lock, ...how])
    digest.update(file).update(await readFile(file))
  const wanted = digest.digest('hex')
  if ((await readFile(note, 'utf8').catch(() => '')) === wanted) return
  await rm(note, { force: true })
  await work()
  await writeFile(note, wanted)
}
