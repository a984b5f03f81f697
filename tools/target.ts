import { once } from 'node:events'
import { startService, stopService } from '@/tests/support/app/service'

// Starts what was built for somebody who attacks it, on a Postgres and an imitation of Resend of its own, until it is
// interrupted. Says where they are; then prints each mail that is sent.
const service = await startService()
console.log(JSON.stringify({ url: service.url, databaseUrl: service.databaseUrl, networkHeader: 'x-test-address' }))
let printed = 0
const printing = setInterval(() => {
  for (const { to, subject, text } of service.resend.mails.slice(printed))
    console.log(JSON.stringify({ to, subject, text }))
  printed = service.resend.mails.length
}, 200)
await once(process, 'SIGINT')
clearInterval(printing)
await stopService(service)
await service.postgres.stop()
