import { type GatePolicy, gateFairness } from '@/lib/policy'

/** What came through a lane: how many have a place, and how many wait for one. */
export type Lane = {
  /**
   * Calls `serve` at once or as soon as there is a place, or `refuse` where none can be had in time. Returns what gives up the
   * place, or the wait for it: to be called once the work is done or nobody wants it any more, any number of times.
   */
  join(network: string | null, serve: () => void, refuse: () => void): () => void
  /** Whether `join` would refuse. */
  isFull(network: string | null): boolean
}

type Waiting = { network: string | null; serve: () => void; timer: NodeJS.Timeout }

/** How much the last one weighs in how long one holds its place. */
const weight = 0.05

/**
 * Places for so many at once; others wait in line, first come first served, as many as have their turn within `patienceMs` at the
 * pace of late. Once half of that room is used, no network has more than a few in line, so that one leaves room for the rest; null
 * is everybody of whom no network is known.
 */
export function openLane({ atOnce, patienceMs, usualMs, maxWaiting }: GatePolicy): Lane {
  const line = new Set<Waiting>()
  const waitingOf = new Map<string, number>()
  let running = 0
  let heldMs = usualMs

  const room = () => Math.min(maxWaiting, Math.floor((patienceMs * atOnce) / heldMs))
  const isFull = (network: string | null) => {
    if (running < atOnce || line.size < room() / 2) return false
    const own = network === null ? 0 : (waitingOf.get(network) ?? 0)
    return line.size >= room() || own >= gateFairness.maxWaitingOfNetwork
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
    if (!line.delete(waiting) || waiting.network === null) return
    const left = (waitingOf.get(waiting.network) ?? 0) - 1
    if (left > 0) waitingOf.set(waiting.network, left)
    else waitingOf.delete(waiting.network)
  }

  const wait = (network: string | null, serve: () => void, refuse: () => void) => {
    let leave = () => quit(waiting)
    const waiting: Waiting = {
      network,
      serve: () => {
        leave = begin(serve)
      },
      timer: setTimeout(() => {
        quit(waiting)
        refuse()
      }, patienceMs).unref(),
    }
    line.add(waiting)
    if (network !== null) waitingOf.set(network, (waitingOf.get(network) ?? 0) + 1)
    return () => leave()
  }

  const join: Lane['join'] = (network, serve, refuse) => {
    if (running < atOnce) return begin(serve)
    if (!isFull(network)) return wait(network, serve, refuse)
    refuse()
    return () => undefined
  }
  return { join, isFull }
}
