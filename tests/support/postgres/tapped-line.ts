import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** The statement, or its answer, is held back until the promise that a listener returns is done. */
export type Listener = {
  /** Hears each statement before the database does. */
  before?: (statement: string) => unknown
  /** Hears that a statement was answered, before the application gets the answer. */
  after?: (statement: string) => unknown
  /** Replaces a statement that has no values. */
  instead?: (statement: string) => string
}

/** A line to Postgres on which tests can hear, hold and change every statement. */
export type TappedLine = {
  /** The URL of the same database through this line. */
  through(databaseUrl: string): string
  /** Replaces the listener. Without one everything passes. */
  listen(listener?: Listener): void
  /** Done when the listener is replaced. */
  held(): Promise<void>
  /** Cuts every connection, and drops what is held. */
  cut(): void
  close(): Promise<void>
}

export async function openTappedLine(): Promise<TappedLine> {
  let listener: Listener = {}
  let release = () => {}
  let held = Promise.resolve()
  let port = 0
  const sockets = new Set<Socket>()

  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    const asked: string[] = []
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket.setNoDelay())
      socket.on('error', () => {})
      socket.once('close', () => {
        sockets.delete(socket)
        other.destroySoon()
      })
    }
    ask(near, far, asked).catch(() => near.destroy())
    answer(far, near, asked).catch(() => far.destroy())
  })

  /** Parse, Bind, Describe and Execute are one statement, with the Sync that ends it. */
  async function ask(near: Socket, far: Socket, asked: string[]): Promise<void> {
    let statement = ''
    let round: Buffer[] = []
    const prepared = new Map<string, string>()
    for await (const message of messagesOf(near, true)) {
      const type = typeOf(message)
      if (type === 'P' || type === 'Q') statement = statementIn(message)
      if (type === 'P') prepared.set(textAt(message, 5), statement)
      // A portal is bound to a statement that this or an earlier round prepared.
      if (type === 'B') statement = prepared.get(textAt(message, message.indexOf(0, 5) + 1)) ?? statement
      round.push(type === 'Q' && listener.instead ? plainQuery(listener.instead(statement)) : message)
      if ('PBDE'.includes(type)) continue
      if (type === 'S' || type === 'Q') {
        await listener.before?.(statement)
        asked.push(statement)
      }
      far.write(Buffer.concat(round))
      round = []
    }
  }

  async function answer(far: Socket, near: Socket, asked: string[]): Promise<void> {
    let round: Buffer[] = []
    for await (const message of messagesOf(far, false)) {
      round.push(message)
      if (asked.length > 0 && typeOf(message) !== 'Z') continue
      const statement = asked.shift()
      if (statement !== undefined) await listener.after?.(statement)
      near.write(Buffer.concat(round))
      round = []
    }
    near.end(Buffer.concat(round))
  }

  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    through(databaseUrl) {
      const url = new URL(databaseUrl)
      port = Number(url.port)
      url.port = String((server.address() as AddressInfo).port)
      return url.href
    },
    listen(next = {}) {
      release()
      listener = next
      held = new Promise((resolve) => {
        release = resolve
      })
    },
    held: () => held,
    cut,
    async close() {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}

/** The messages of Postgres' protocol one by one. What a client says first has no letter for its type. */
async function* messagesOf(socket: Socket, isClient: boolean): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0)
  let letter = isClient ? 0 : 1
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const size = rest.length < letter + 4 ? Number.POSITIVE_INFINITY : letter + rest.readInt32BE(letter)
      if (rest.length < size) break
      yield rest.subarray(0, size)
      rest = rest.subarray(size)
      letter = 1
    }
  }
}

function typeOf(message: Buffer): string {
  return String.fromCharCode(message[0] ?? 0)
}

/** The text of a Parse or a Query, on one line. In a Parse it follows the name of the statement. */
function statementIn(message: Buffer): string {
  const start = typeOf(message) === 'P' ? message.indexOf(0, 5) + 1 : 5
  return textAt(message, start).trim().replace(/\s+/g, ' ')
}

function textAt(message: Buffer, start: number): string {
  return message.toString('utf8', start, message.indexOf(0, start))
}

function plainQuery(text: string): Buffer {
  const size = Buffer.alloc(4)
  size.writeInt32BE(Buffer.byteLength(text) + 5)
  return Buffer.concat([Buffer.from('Q'), size, Buffer.from(`${text}\0`)])
}
