import { cp, link, mkdir, readdir, readFile, realpath, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { deflateRawSync } from 'node:zlib'

/** Vercel's build output of a project: where a path leads, and its functions as folders that can be run. */
export type BuildOutput = {
  routes: Route[]
  /** The function that serves a page, by the path in the output; null where there is none. */
  functionAt(page: string): Promise<string | null>
  /** The names of the files of that function. */
  filesOf(page: string): Promise<string[]>
  /** Where a static file lies; null where there is none. */
  fileAt(path: string): Promise<string | null>
  middleware: { code: string; environment: Record<string, string> }
}

type Condition = { type: string; key: string; value?: string }

export type Route = {
  src?: string
  handle?: string
  dest?: string
  headers?: Record<string, string>
  has?: Condition[]
  middlewarePath?: string
}

export async function readBuildOutput(root: string): Promise<BuildOutput> {
  const output = join(await realpath(root), '.vercel/output')
  const read = (name: string) => readFile(join(output, name), 'utf8')
  const made = new Map<string, Promise<string>>()
  return {
    routes: JSON.parse(await read('config.json')).routes,
    async functionAt(page) {
      const folder = join(output, 'functions', `${page}.func`)
      const config = await readFile(join(folder, '.vc-config.json'), 'utf8').catch(() => null)
      if (config === null) return null
      // Many paths lead to one function.
      const own = relative(join(output, 'functions'), await realpath(folder))
      const place = join(root, '.vercel/run', own)
      if (!made.has(place)) made.set(place, unpack(root, folder, JSON.parse(config).filePathMap ?? {}, place))
      return (await made.get(place)) as string
    },
    async filesOf(page) {
      const config = await read(`functions/${page}.func/.vc-config.json`)
      return Object.keys(JSON.parse(config).filePathMap)
    },
    async fileAt(path) {
      const file = join(output, 'static', path)
      return (await stat(file).catch(() => null))?.isFile() ? file : null
    },
    middleware: {
      code: await read('functions/middleware.func/index.js'),
      environment: JSON.parse(await read('functions/middleware.func/.vc-config.json')).environment,
    },
  }
}

/** Puts the files of a function where it finds them. */
async function unpack(root: string, folder: string, files: Record<string, string>, place: string): Promise<string> {
  await rm(place, { recursive: true, force: true })
  await cp(folder, place, { recursive: true, dereference: true })
  for (const [name, source] of Object.entries(files)) {
    const [from, to] = [join(root, source), join(place, name)]
    await mkdir(dirname(to), { recursive: true })
    const isFile = (await stat(from)).isFile()
    await (isFile ? link(from, to) : cp(from, to, { recursive: true, verbatimSymlinks: true })).catch(unlessThere)
  }
  return place
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST' && error.code !== 'ERR_FS_CP_EEXIST') throw error
}

/** How many megabytes the files of a folder take, and as a zip archive. */
export async function weighFolder(folder: string): Promise<{ megabytes: number; zipped: number }> {
  let [bytes, zipped] = [0, 0]
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const content = await readFile(join(entry.parentPath, entry.name))
    bytes += content.length
    // An entry has a name twice and 76 bytes of its own.
    zipped += deflateRawSync(content).length + 2 * join(entry.parentPath, entry.name).length + 76
  }
  return { megabytes: bytes / 1e6, zipped: zipped / 1e6 }
}
