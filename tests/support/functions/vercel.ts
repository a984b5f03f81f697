import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { type BuildOutput, type Route, readBuildOutput } from '@/tests/support/functions/build-output'
import { startEdge } from '@/tests/support/functions/edge'
import { openGateway } from '@/tests/support/functions/gateway'
import { type Instances, type Invocation, startInstances } from '@/tests/support/functions/instances'
import type { Platform } from '@/tests/support/functions/platform'

/** Serves Vercel's build output of a project: its routes, its middleware at the edge and its functions, which freeze. */
export async function startVercel(root: string, tools: string, env: Record<string, string>): Promise<Platform> {
  const output = await readBuildOutput(root)
  const origin = env.APP_URL ?? ''
  const functions = new Map<string, Instances>()
  const variables: Record<string, string> = { ...env, VERCEL: '1' }
  const atEdge = startEdge(output, tools, variables)

  function instancesOf(folder: string): Instances {
    const own = functions.get(folder) ?? startInstances({ runtime: 'vercel-runtime.mjs', folder, env: variables })
    functions.set(folder, own)
    return own
  }

  async function answer(invocation: Invocation, response: ServerResponse): Promise<void> {
    const { host } = new URL(origin)
    const asked = { ...invocation, headers: { ...invocation.headers, host, 'x-forwarded-host': host } }
    for (const [name, value] of headersAhead(output.routes, new URL(asked.url, origin).pathname))
      response.setHeader(name, value)
    const decided = await atEdge(asked, origin)
    const next = passOn(asked, decided, origin)
    for (const [name, value] of decided.headers)
      if (!name.startsWith('x-middleware-')) response.appendHeader(name, value)
    if (!next) {
      response.writeHead(decided.status)
      response.end(Buffer.from(await decided.arrayBuffer()))
      return
    }
    const { pathname, searchParams } = new URL(next.url, origin)
    const file = await output.fileAt(pathname)
    if (file) return void response.end(await readFile(file))
    const page = await pageAt(output, pathname)
    for (const [name, value] of page.query) searchParams.set(name, value)
    const folder = await output.functionAt(page.path)
    if (!folder) throw new Error(`no function at ${page.path}`)
    const headers = { ...next.headers, 'x-matched-path': page.path }
    await instancesOf(folder).invoke({ ...next, url: `${pathname}?${searchParams}`, headers }, response)
  }

  const gateway = await openGateway(answer)
  variables.OWN_URL = gateway.url
  const all = () => [...functions.values()]
  return {
    url: gateway.url,
    freshen: async () => void (await Promise.all(all().map((instances) => instances.end()))),
    count: () => all().reduce((sum, instances) => sum + instances.count(), 0),
    memory: async () => Math.max(...(await Promise.all(all().map((instances) => instances.memory())))),
    log: () =>
      all()
        .map((instances) => instances.log())
        .join(''),
    async close() {
      await gateway.close()
      await Promise.all(all().map((instances) => instances.end()))
    },
  }
}

/** The headers that the configuration gives to a path before anything is asked. */
function headersAhead(routes: Route[], path: string): [string, string][] {
  const ahead = routes.slice(
    0,
    routes.findIndex(({ handle }) => handle !== undefined),
  )
  return ahead
    .filter(({ src = '', headers, has, dest }) => headers && !has && !dest && new RegExp(src).test(path))
    .flatMap(({ headers = {} }) => Object.entries(headers).filter(([name]) => name !== 'Location'))
}

/** The request as the middleware lets it go on; null when it answered itself. */
function passOn(asked: Invocation, { headers: said }: Response, origin: string): Invocation | null {
  const rewritten = said.get('x-middleware-rewrite')
  if (!rewritten && said.get('x-middleware-next') !== '1') return null
  const kept = said.get('x-middleware-override-headers')?.split(',')
  const headers = kept
    ? Object.fromEntries(kept.map((name) => [name, said.get(`x-middleware-request-${name}`) ?? '']))
    : asked.headers
  const { pathname, search } = new URL(rewritten ?? asked.url, origin)
  return { ...asked, url: pathname + search, headers }
}

/** The page of a path and what of the path is its parameters. */
async function pageAt(output: BuildOutput, path: string): Promise<{ path: string; query: [string, string][] }> {
  if (await output.functionAt(path)) return { path, query: [] }
  const from = output.routes.findIndex(({ handle }) => handle === 'rewrite')
  for (const { src = '', dest, handle } of output.routes.slice(from + 1)) {
    if (handle) break
    const groups = new RegExp(src).exec(path)?.groups
    if (!dest || !groups || groups.rscSuffix) continue
    const [page = '', query = ''] = dest.split('?')
    const filled = query.replace(/\$(\w+)/g, (_, name) => encodeURIComponent(groups[name] ?? ''))
    if (await output.functionAt(page.slice(1))) return { path: page, query: [...new URLSearchParams(filled)] }
  }
  return { path: '/_not-found', query: [] }
}
