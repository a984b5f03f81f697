/** Shared by the bundles of one server, which have no module in common. */
const shared = globalThis as { failedRequests?: Map<string, string> }

/** More than fail at once: an older one has been answered. */
const most = 200

/** Notes that the page of a request failed, with the reference under which the log has it. */
export function noteFailure(request: string, reference: string): void {
  shared.failedRequests ??= new Map()
  const { failedRequests } = shared
  failedRequests.set(request, reference)
  for (const oldest of failedRequests.keys()) if (failedRequests.size > most) failedRequests.delete(oldest)
}

/** The reference of the failure of a request, once; null when its page did not fail. */
export function takeFailure(request: string): string | null {
  const reference = shared.failedRequests?.get(request) ?? null
  shared.failedRequests?.delete(request)
  return reference
}
