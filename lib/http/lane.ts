import { networkShares } from '@/lib/limits'
import { type GatePolicy, gateFairness } from '@/lib/policy'

/** What came through a lane: how many have a place, and how many wait for one. */
export type Lane = {
  /**
   * Calls `serve` at once or as soon as there is a place, or `refuse` where none can be had in time. Returns what gives up the
   * place, or the wait for it: to be called once the work is done or nobody wants it any more, any number of times. `networks`: that of
   * whoever comes, and those around it; none where it is not known.
   */
  join(networks: string[], serve: () => void, refuse: () => void): () => void
  /** Whether `join` would refuse. */
  isFull(networks: string[]): boolean
}

type Waiting = { networks: string[]; serve: () => void; timer: NodeJS.Timeout }

/** How much the last one weighs in how long one holds its place. */
const weight = 0.05

/**
 * Places for so many at once; others wait in line, first come first served, as many as have their turn within `patienceMs` at the
 * pace of late. Once half of that room is used, no network has more than a few in line, so that one leaves room for the rest.
 */
export function openLane({ atOnce, patienceMs, usualMs, maxWaiting }: GatePolicy): Lane {
  const line = new Set<Waiting>()
  const waitingOf = new Map<string, number>()
  let running = 0
  let heldMs = usualMs

  const room = () => Math.min(maxWaiting, Math.floor((patienceMs * atOnce) / heldMs))
  const isFull = (networks: string[]) => {
    if (running < atOnce || line.size < room() / 2) return false
    const hasShare = networks.every((network, size) => (waitingOf.get(network) ?? 0) < shareOf(size))
    return line.size >= room() || !hasShare
  }

  const begin = (serve: () => void) => {
    const began = performance.now()
    running += 1
    let isOver = false
    const end = () => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      running -= 1
      heldMs += (performance.now() - began - heldMs) * weight
      const [next] = line
      if (next) {
        quit(next)
        next.serve()
      }
    }
    // Who never takes the answer holds no place for ever.
    const timer = setTimeout(end, gateFairness.maxHeldMs).unref()
    serve()
    return end
  }

  const quit = (waiting: Waiting) => {
    clearTimeout(waiting.timer)
    if (line.delete(waiting)) count(waiting.networks, -1)
  }

  const count = (networks: string[], more: 1 | -1) => {
    for (const network of networks) {
      const now = (waitingOf.get(network) ?? 0) + more
      if (now > 0) waitingOf.set(network, now)
      else waitingOf.delete(network)
    }
  }

  const wait = (networks: string[], serve: () => void, refuse: () => void) => {
    let leave = () => quit(waiting)
    const waiting: Waiting = {
      networks,
      serve: () => {
        leave = begin(serve)
      },
      timer: setTimeout(() => {
        quit(waiting)
        refuse()
      }, patienceMs).unref(),
    }
    line.add(waiting)
    count(networks, 1)
    return () => leave()
  }

  const join: Lane['join'] = (networks, serve, refuse) => {
    if (running < atOnce) return begin(serve)
    if (!isFull(networks)) return wait(networks, serve, refuse)
    refuse()
    return () => undefined
  }
  return { join, isFull }
}

/** How many of a network may wait, by how large it is. */
function shareOf(size: number): number {
  return gateFairness.maxWaitingOfNetwork * (networkShares[size] ?? 1)
}
