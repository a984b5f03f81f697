import { readFileSync, writeFileSync } from 'node:fs'
import { variableTexts } from '@/tools/variable-texts'

// tsx tools/variables.ts [--check]: writes what explains the variables, or fails where it is not as it would write it.
const stale = Object.entries(variableTexts()).filter(([file, text]) => read(file) !== text)
if (!process.argv.includes('--check')) for (const [file, text] of stale) writeFileSync(file, text)
else if (stale.length > 0) {
  console.error(`Run \`npx tsx tools/variables.ts\`: ${stale.map(([file]) => file).join(', ')}`)
  process.exitCode = 1
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
