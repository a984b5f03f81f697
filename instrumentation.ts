export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startProcess } = await import('@/lib/process')
  await startProcess()
}

/** Logs what no form caught under the reference that the crash page shows. */
export async function onRequestError(error: unknown): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { logError } = await import('@/lib/log')
  logError('request_failed', error, (error as { digest?: string }).digest)
}
