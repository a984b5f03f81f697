import { readFileSync } from 'node:fs'
import { variables } from '@/lib/variables'

/** What the files that explain the variables should hold, made of `lib/variables.ts`. */
export function variableTexts(): Record<string, string> {
  const guide = readFileSync('docs/deploy.md', 'utf8')
  return { 'docs/deploy.md': guide.replace(/^\| variable \|(?:.*\n)*?(?=\n)/m, table()), '.env.example': example() }
}

function table(): string {
  const rows = Object.entries(variables).map(([name, { is, how, unset }]) => [`\`${name}\``, is, how, inWords(unset)])
  return [['variable', 'is', 'to set it', 'when unset'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}

function example(): string {
  const head = [
    'Copy this to .env and fill in what you need. What is empty counts as unset; a variable of the process itself wins.',
    'Values need no quotes. Write $ as \\$ here, and a password in a URL percent-encoded.',
  ]
  const entries = Object.entries(variables).map(
    ([name, { is, how, unset }]) => `${comment([is, how, `When unset: ${inWords(unset)}`])}${name}=\n`,
  )
  return [comment(head), ...entries].join('\n')
}

function comment(sentences: string[]): string {
  return sentences.map((text) => `# ${text[0]?.toUpperCase()}${text.slice(1).replaceAll('`', '')}\n`).join('')
}

function inWords(unset: string): string {
  return unset === 'needed' ? 'a deployed service does not start' : unset
}
