import { AsyncLocalStorage } from 'node:async_hooks'

// The build holds this module more than once.
const shared = globalThis as { __metamotsWork?: AsyncLocalStorage<Promise<unknown>[]> }
shared.__metamotsWork ??= new AsyncLocalStorage()
const works = shared.__metamotsWork

/**
 * Serves a request. `begun` holds what `isWork` is told of meanwhile, from when it begins: the framework leaves that alone where the client
 * has left. Never throws, unless `serve` does before it returns.
 */
export async function notingWork(begun: Promise<unknown>[], serve: () => Promise<unknown>): Promise<void> {
  await works.run(begun, serve).catch(() => undefined)
}

/** Says that this is done for the request that runs, whoever still waits for it. Returns it. */
export function isWork<Value>(work: Promise<Value>): Promise<Value> {
  works.getStore()?.push(work)
  return work
}
