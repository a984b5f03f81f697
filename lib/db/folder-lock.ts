import { randomInt, randomUUID } from 'node:crypto'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const maxTries = 5
const maxStepBackMs = 100

/**
 * Takes an existing folder for this process alone: returns how to let go of it, or the id of the process of this
 * machine that has it. What a killed process held is free.
 */
export async function lockFolder(folder: string): Promise<{ release: () => void } | { holder: number }> {
  for (let tries = 1; ; tries += 1) {
    const { release, holder } = claim(folder)
    if (holder === null) return { release }
    release()
    if (tries === maxTries) return { holder }
    // A holder stays, while two that claimed at the same moment both step back.
    await sleep(randomInt(maxStepBackMs))
  }
}

/** Announces itself and only then looks for others: of two at the same moment at least one sees the other. */
function claim(folder: string): { release: () => void; holder: number | null } {
  const own = `lock-${process.pid}-${randomUUID()}`
  const release = () => {
    process.off('exit', release)
    rmSync(path.join(folder, own), { force: true })
  }
  writeFileSync(path.join(folder, own), '')
  process.once('exit', release)
  const claims = readdirSync(folder).filter((name) => name.startsWith('lock-') && name !== own)
  const held = claims.filter((name) => pidOf(name) !== process.pid && isAlive(pidOf(name)))
  for (const name of claims) if (!held.includes(name)) rmSync(path.join(folder, name), { force: true })
  return { release, holder: held.map(pidOf)[0] ?? null }
}

function pidOf(claim: string): number {
  return Number(claim.split('-')[1])
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
