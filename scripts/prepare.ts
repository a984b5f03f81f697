import '@/scripts/load-env'
import { env } from '@/lib/env'
import { runCommand } from '@/scripts/run-command'
import { refuseTakenPort } from '@/scripts/taken-port'

await runCommand(async () => {
  const { host, port, keepAliveSeconds, appUrl, databaseUrl, dataDir, mode, resend } = env()
  await refuseTakenPort(host, port)
  const { migrate } = await import('@/prisma/migrate')
  await migrate()
  console.log(`Metamots account access: ${appUrl}`)
  if (mode === 'deployed') console.log(`It listens at:           ${host}, port ${port}`)
  if (mode === 'local' && !resend) console.log(`The mails it sends:      ${appUrl}/dev/mailbox`)
  if (!databaseUrl) console.log(`The data it keeps:       ${dataDir}`)
  const { isBuilt } = await import('@/scripts/sources')
  const answer = { host, port, keepAliveSeconds, isBuilt: isBuilt() }
  await new Promise((sent) => process.send?.(answer, sent))
})
