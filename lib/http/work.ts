import { AsyncLocalStorage } from 'node:async_hooks'

// The build holds this module more than once.
const shared = globalThis as { __metamotsWork?: AsyncLocalStorage<Promise<unknown>[]> }
shared.__metamotsWork ??= new AsyncLocalStorage()
const works = shared.__metamotsWork

/**
 * Serves a request, and returns when all is over that `isWork` was told of meanwhile, which the framework leaves alone where the client has
 * left; `begun` holds that from when it begins. Never throws, unless `serve` does before it returns.
 */
export async function untilOver(serve: () => Promise<unknown>, begun: Promise<unknown>[] = []): Promise<void> {
  await works.run(begun, serve).catch(() => undefined)
  await Promise.allSettled(begun)
}

/** Says that this is done for the request that runs, whoever still waits for it. Returns it. */
export function isWork<Value>(work: Promise<Value>): Promise<Value> {
  works.getStore()?.push(work)
  return work
}
