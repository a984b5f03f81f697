import { cp, mkdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

export type Stage = {
  name: string
  workdir: string
  steps: { instruction: string; rest: string }[]
  env: Record<string, string>
  user: string
  command: string[]
  health: string[]
}

type Hands = {
  copyContext(folder: string, names: string[]): Promise<unknown>
  install(folder: string): Promise<unknown>
  run(folder: string, command: string, env: Record<string, string>): Promise<unknown>
}

/** Reads the stages of a Dockerfile. An instruction that it does not know is an error, for it would not be tested. */
export function readDockerfile(text: string): Stage[] {
  const stages: Stage[] = []
  for (const line of text.replace(/\\\n/g, ' ').split('\n')) {
    const [, instruction = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
    if (instruction === '' && (line === '' || line.startsWith('#'))) continue
    if (instruction === 'FROM') {
      const name = / AS (\w+)$/.exec(rest)?.[1] ?? ''
      stages.push({ name, workdir: '/', steps: [], env: {}, user: 'root', command: [], health: [] })
      continue
    }
    const stage = stages.at(-1)
    if (!stage) throw new Error(`outside of a stage: ${line}`)
    stage.steps.push({ instruction, rest })
    if (instruction === 'WORKDIR') stage.workdir = rest
    else if (instruction === 'ENV') Object.assign(stage.env, variablesIn(rest))
    else if (instruction === 'USER') stage.user = rest
    else if (instruction === 'CMD') stage.command = JSON.parse(rest)
    else if (instruction === 'HEALTHCHECK') stage.health = JSON.parse(rest.slice(rest.indexOf('CMD ') + 4))
    else if (!['COPY', 'RUN', 'EXPOSE'].includes(instruction)) throw new Error(`not tested: ${line}`)
  }
  return stages
}

/** Does what the stages say, each in a folder below `root` that is named by its number. */
export async function replay(stages: Stage[], root: string, hands: Hands): Promise<void> {
  for (const [place, stage] of stages.entries()) {
    const folder = join(root, String(place), stage.workdir)
    const env: Record<string, string> = {}
    await mkdir(folder, { recursive: true })
    for (const { instruction, rest } of stage.steps) {
      if (instruction === 'ENV') Object.assign(env, variablesIn(rest))
      if (instruction === 'RUN' && rest === 'npm ci') await hands.install(folder)
      else if (instruction === 'RUN') await hands.run(folder, rest.replace(/^--mount=\S+ /, ''), env)
      if (instruction !== 'COPY') continue
      const [from, ...names] = /^--from=(\w+) /.test(rest) ? rest.slice(7).split(' ') : ['', ...rest.split(' ')]
      const to = join(folder, names.pop() ?? '')
      if (from === '') await hands.copyContext(folder, names)
      else
        for (const name of names) await copyInto(join(root, String(stages.findIndex((s) => s.name === from)), name), to)
    }
  }
}

async function copyInto(from: string, to: string): Promise<void> {
  const target = (await stat(from)).isDirectory() ? to : join(to, basename(from))
  await cp(from, target, { recursive: true, verbatimSymlinks: true })
}

function variablesIn(text: string): Record<string, string> {
  return Object.fromEntries(text.split(/\s+/).map((pair) => pair.split('=', 2)))
}
