import { randomInt } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Env, env } from '@/lib/env'
import { logError, logEvent } from '@/lib/log'
import { isFunction } from '@/lib/platform'
import { mailPolicy } from '@/lib/policy'

/**
 * Has the mail of a submission delivered soon, and applications told; the sweep does what this misses. A process does that itself, and nobody
 * waits. A function, which may be frozen once it has answered, calls its own sweep: that takes as long whether or not
 * there is a mail, a second at most, and what the sweep answers is not waited for.
 */
export async function kick(): Promise<void> {
  if (isFunction()) await callSweep(env())
  else deliverInTurn()
}

/**
 * Delivers mail at a random moment, because the work differs when there is an account, and the next request must not
 * feel it. Younger mail is left alone. `onTime` is called when the moment has come.
 */
export async function deliverSoon(onTime: () => void = () => undefined): Promise<void> {
  const { least, most } = mailPolicy.kickAfterMs
  const age = randomInt(least, most)
  await sleep(age)
  onTime()
  // Every form leads here, and a function that answers one delivers nothing itself.
  const { deliverDueMail } = await import('@/lib/worker/deliver-mail')
  const { tellApps } = await import('@/lib/worker/tell-apps')
  const failed = (error: unknown) => logError('kick_failed', error)
  await Promise.all([deliverDueMail(age).catch(failed), tellApps().catch(failed)])
}

let isWaiting = false
let isAskedAgain = false

/** One delivery waits for its moment at a time; for mail that is too young for it, another one does afterwards. */
function deliverInTurn(): void {
  isAskedAgain = isWaiting
  if (isWaiting) return
  isWaiting = true
  void deliverSoon(() => {
    isWaiting = false
    if (isAskedAgain) deliverInTurn()
  })
}

/** Done when the call has left, or cannot. */
function callSweep({ appUrl, cronSecret }: Env): Promise<void> {
  const { request } = appUrl.startsWith('https:') ? https : http
  // A connection that is kept would not survive being frozen.
  const call = request(`${appUrl}/api/cron/mail?kick`, {
    agent: false,
    headers: { authorization: `Bearer ${cronSecret}` },
  })
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, mailPolicy.kickCallMs)
    const end = () => {
      clearTimeout(timer)
      resolve()
    }
    call.once('finish', end)
    call.on('error', (error) => {
      if (!call.writableFinished) logError('kick_failed', error)
      end()
    })
    call.once('response', (answer) => {
      answer.on('error', () => undefined).resume()
      if (answer.statusCode !== 204) logEvent('kick_refused', { status: answer.statusCode ?? 0 })
    })
    call.end()
  })
}
