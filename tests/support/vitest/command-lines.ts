import { startProgram } from '@/tests/support/vitest/program'

/** What a command line ended with and said. */
export type Said = { words: string; code: number; output: string; errors: string }

/** Words and, where they differ from those of this process, variables; null takes one away. */
type Line = string[] | { words: string[]; variables: Record<string, string | null> }

/** Runs command lines one after the other, each with variables of its own and both streams taken. */
const runner = `
  const { runCommandLine } = await import('@/scripts/commands/run-command-line')
  const print = process.stdout.write.bind(process.stdout)
  const before = { ...process.env }
  for (const { words, variables } of input) {
    process.env = { ...before, ...variables }
    for (const name of ['NODE_ENV', ...Object.keys(variables)]) if (variables[name] == null) delete process.env[name]
    delete globalThis.__metamotsEnv
    const said = { words: words.join(' '), output: '', errors: '' }
    process.stdout.write = (text) => Boolean((said.output += text))
    process.stderr.write = (text) => Boolean((said.errors += text))
    said.code = await runCommandLine(words)
    print(JSON.stringify(said) + '\\n')
  }
  process.exit()`

/** Runs command lines of the operators in one process, as `npm run metamots` does each in its own. */
export async function runCommandLines(lines: Line[]): Promise<Said[]> {
  const program = startProgram(
    runner,
    lines.map((line) => (Array.isArray(line) ? { words: line, variables: {} } : line)),
  )
  const said: Said[] = []
  for (let line = await program.line(); line !== null; line = await program.line()) said.push(JSON.parse(line))
  if (said.length !== lines.length) throw new Error(`The command line broke off:\n${program.errors()}`)
  return said
}
