import type { exportAccount } from '@/lib/accounts/export-account'

/** An export as the person gets it. */
export async function readExport(data: Awaited<ReturnType<typeof exportAccount>>): Promise<string> {
  if (!data.ok) throw new Error(data.code)
  let text = ''
  for await (const piece of data.value) text += piece
  return text
}
