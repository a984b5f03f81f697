import { expect, test } from '@playwright/test'
import { startApp } from '@/tests/support/app/app'
import { startPlainNginx } from '@/tests/support/app/plain-nginx'

const ways = {
  'as it does by itself': [],
  'on connections that are kept': ['proxy_http_version 1.1;', 'proxy_set_header Connection "";'],
  'as for sockets of the web': ['proxy_http_version 1.1;', 'proxy_set_header Connection "upgrade";'],
  'with a host that the client chooses': ['proxy_http_version 1.1;', 'proxy_set_header Host $http_host;'],
}

test('nginx, however it is set to pass on, shows nobody the mailbox', async () => {
  const app = await startApp()
  const { host } = new URL(app.url)
  const headers = { host, connection: 'keep-alive' }
  expect((await fetch(`${app.url}/dev/mailbox`, { headers })).status).toBe(200)
  for (const [way, directives] of Object.entries(ways)) {
    const nginx = await startPlainNginx(app.port, directives)
    const answer = await fetch(`${nginx.url}/dev/mailbox`, { headers })
    expect.soft([way, [403, 404].includes(answer.status)]).toEqual([way, true])
    await nginx.stop()
  }
  await app.stop()
})
