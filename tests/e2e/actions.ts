import { readFile } from 'node:fs/promises'
import type { RawForm } from '@/tests/e2e/raw-form'

/** An action of the built application, as anybody can call it: its page and its id are public. */
export type Action = RawForm & { name: string; file: string }

/** Reads every action there is from the build. */
export async function readActions(): Promise<Action[]> {
  const manifest = JSON.parse(await readFile('.next/server/server-reference-manifest.json', 'utf8')) as {
    node: Record<string, { workers: Record<string, unknown>; filename: string; exportedName: string }>
  }
  const actions = Object.entries(manifest.node).flatMap(([actionId, { workers, filename, exportedName }]) =>
    Object.keys(workers)
      .slice(0, 1)
      .map((page) => ({ actionId, name: exportedName, file: filename, path: pathOf(page), control: [] })),
  )
  return actions.sort((a, b) => a.name.localeCompare(b.name))
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
