import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { RawForm } from '@/tests/support/http/forms'

/** An action of the built application, as anybody can call it: its page and its id are public. Its name is its folder's. */
export type Action = RawForm & { name: string; file: string }

/** Reads every action there is from the build. */
export async function readActions(): Promise<Action[]> {
  const manifest = JSON.parse(await readFile('.next/server/server-reference-manifest.json', 'utf8')) as {
    node: Record<string, { workers: Record<string, unknown>; filename: string }>
  }
  const actions = Object.entries(manifest.node).flatMap(([actionId, { workers, filename: file }]) =>
    Object.keys(workers)
      .slice(0, 1)
      .map((page) => ({ actionId, name: basename(dirname(file)), file, path: pathOf(page), control: [] })),
  )
  return actions.sort((a, b) => a.file.localeCompare(b.file))
}

/** Whether an action is one of the pages that want somebody signed in. */
export function isOfAccount({ path }: Action): boolean {
  return path.startsWith('/fr/account')
}

function pathOf(page: string): string {
  return page
    .replace(/^app\/\[locale\]/, '/fr')
    .replace(/\/\(\w+\)/g, '')
    .replace(/\/page$/, '')
}
