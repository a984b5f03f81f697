import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { Client, type ClientBase, DatabaseError, Pool, type PoolClient, type PoolConfig } from 'pg'
import { connectionLimit, isPooled } from '@/lib/database-url'
import { isFunction } from '@/lib/platform'
import { record } from '@/lib/telemetry'

type Parameters = Record<string, string>
type Done = (
  error: Error | undefined,
  client: PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void

/** What the answers to statements depend on, whatever the role, the database or the server has. */
const tracked = { DateStyle: 'ISO, MDY', TimeZone: 'UTC', standard_conforming_strings: 'on' }
const untracked = {
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  search_path: 'public',
  default_transaction_isolation: 'read committed',
}

/** In milliseconds. The server looks for deadlocks after a second: whoever gave up waiting by then would be told nothing of one. */
const limits = { statement_timeout: '3000', lock_timeout: '1500', idle_in_transaction_session_timeout: '5000' }

/**
 * What a connection may begin with, best first. A pooler such as PgBouncer refuses what it cannot give to each transaction;
 * there the rest must be the role's own, as docs/deploy.md says, and of the limits only this side's hold otherwise.
 */
const ways: Parameters[] = [{ ...tracked, ...untracked, ...limits }, tracked, {}]

/** Whoever asked for no connection for so long may have been frozen, in milliseconds. */
const stillMs = 500

const refused = /startup parameter|command-line options/i

/**
 * The connections of a process to a Postgres, none of them made yet. Goes the next way whenever somebody says that this one is
 * refused, and by no other error.
 */
export class ServicePool extends Pool {
  private readonly chosen: { way: number }
  /** Whether somebody between us and the server was seen, or said to be there. */
  private isShared: boolean
  private askedAt = performance.now()

  constructor(connectionString: string) {
    const chosen = { way: 0 }
    super({
      connectionString,
      max: connectionLimit(connectionString) ?? (isFunction() ? 2 : 5),
      connectionTimeoutMillis: 2_000,
      idleTimeoutMillis: 10_000,
      /** For when the server's own clock does not help: nothing comes back any more. */
      query_timeout: 5_000,
      Client: clientOf(() => ways[chosen.way] ?? {}),
    })
    this.chosen = chosen
    this.isShared = isPooled(connectionString)
  }

  /**
   * The rows of one statement. Each connection prepares it once where it leads to the server itself: a pooler may give the next
   * statement to another, and one that goes unnoticed until then is noticed here.
   */
  async ask<Row>(text: string, values: unknown[]): Promise<Row[]> {
    const client = await this.connect()
    const name = this.isShared || this.chosen.way > 0 ? undefined : nameOf(text)
    try {
      const { rows } = await client.query({ name, text, values })
      client.release()
      return rows
    } catch (error) {
      client.release(error as Error)
      if (name === undefined || !isLost(error)) throw error
      this.isShared = true
      return this.ask(text, values)
    }
  }

  override connect(): Promise<PoolClient>
  override connect(done: Done): void
  override connect(done?: Done): Promise<PoolClient> | undefined {
    const askedAt = performance.now()
    const connected = this.connectSomehow().finally(() => {
      record('metamots.database.wait', performance.now() - askedAt)
      record('metamots.database.connections', this.totalCount - this.idleCount)
    })
    if (!done) return connected
    const failed = (error: Error) => done(error, undefined, () => undefined)
    connected.then((client) => done(undefined, client, client.release), failed)
    return undefined
  }

  private async connectSomehow(): Promise<PoolClient> {
    await this.hearWhatEnded()
    for (;;) {
      const { way } = this.chosen
      try {
        return await super.connect()
      } catch (error) {
        if (!refused.test((error as Error).message) || way === ways.length - 1) throw error
        this.chosen.way = Math.max(this.chosen.way, way + 1)
      }
    }
  }

  /** What was frozen, as a function is between two requests, has yet to hear which connections the server ended meanwhile. */
  private async hearWhatEnded(): Promise<void> {
    const now = performance.now()
    const wasStill = now - this.askedAt > stillMs
    this.askedAt = now
    for (let turns = 0; wasStill && turns < 3; turns += 1) await turn()
  }
}

const namesOfTexts = new Map<string, string>()

/** What a statement is called, by its text alone: behind a pooler the same name means the same statement, whoever prepared it. */
function nameOf(text: string): string {
  const known = namesOfTexts.get(text)
  if (known !== undefined) return known
  const name = createHash('sha256').update(text).digest('base64url')
  namesOfTexts.set(text, name)
  return name
}

/** The server does not know what this connection prepared, knows it already, or knows it for a table that has changed since. */
function isLost(error: unknown): boolean {
  return error instanceof DatabaseError && ['26000', '42P05', '0A000'].includes(error.code ?? '')
}

/** pg has no setting for parameters that it does not know itself, but asks this method of its own for them (pg 8.23). */
const Starting = Client as unknown as new (config?: PoolConfig) => ClientBase & { getStartupConf(): Parameters }

function clientOf(parameters: () => Parameters): new () => ClientBase {
  return class extends Starting {
    constructor(config?: PoolConfig) {
      super(config)
      // Between two who have it nobody else listens for an instant, and an error that nobody hears ends the process. Whoever
      // has it next is told by the first statement.
      this.on('error', () => undefined)
    }

    override getStartupConf(): Parameters {
      return { ...super.getStartupConf(), ...parameters() }
    }
  }
}
