import { readFile } from 'node:fs/promises'

/** A file of the examples with other values in their places, each of which it must have. */
export async function readExample(name: string, replacements: [string, string][]): Promise<string> {
  const text = await readFile(`examples/${name}`, 'utf8')
  return replacements.reduce((rest, [from, to]) => {
    if (!rest.includes(from)) throw new Error(`examples/${name} has no ${from}`)
    return rest.replaceAll(from, to)
  }, text)
}
