import { expect } from '@playwright/test'
import { countAnswers } from '@/tests/support/faults/crowd'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { cookiesOf, followRaw, newAddress, readForm, submission, submitRaw } from '@/tests/support/http/forms'
import { rawRequest } from '@/tests/support/http/raw-request'
import { identityOf, joinRaw, logInRaw } from '@/tests/support/http/raw-walks'
import { mailedLinks } from '@/tests/support/mail/mailed-links'
import { useNginx } from '@/tests/support/nginx/fleet'
import { newPerson } from '@/tests/support/person'

test.use({ settings: { TRUSTED_IP_HEADER: 'X-Real-IP' } })

test('behind nginx as the example has it, people are told apart by their own network, and links and forms arrive whole', async ({
  service,
}) => {
  const { port } = service.app
  await useNginx(service, [port, port, port, port], async (behind) => {
    const form = await readForm(behind.url, '/fr/forgot-password')
    const [address, somebody] = [newAddress(), identityOf(newPerson())]
    const answers: Response[] = []
    for (let sent = 0; sent < 7; sent += 1) {
      const claimed = { 'x-real-ip': newAddress(), 'x-forwarded-for': newAddress(), forwarded: `for=${newAddress()}` }
      const headers = { 'x-test-address': address, ...claimed }
      answers.push(await submitRaw(behind, form, somebody, { headers }))
    }
    expect(await countAnswers(answers)).toEqual({ '/fr/forgot-password/sent': 5, too_many_requests: 2 })

    await logInRaw(behind, await joinRaw(behind))
    const { link } = await mailedLinks['reset-password'](behind)
    const followed = await followRaw(behind, link)
    expect([followed.status, cookiesOf(followed)]).toEqual([307, expect.stringContaining(link.slice(-43))])
    const log = await behind.nginx.log()
    expect(log).toContain('"path":"/fr/reset-password/*"')
    expect(log).not.toContain(link.slice(-43))

    const visitors = Number(new URL(behind.url).port)
    const traced = await rawRequest({ port: visitors, method: 'TRACE', target: '/fr/login', headers: ['Host', 'any'] })
    expect(traced.status).toBe(405)
    const tooLong = { port: visitors, method: 'POST', target: '/fr/login', body: Buffer.alloc(65 * 1024) }
    expect((await rawRequest({ ...tooLong, headers: ['Host', 'any', 'Content-Length', '66560'] })).status).toBe(413)

    // In pieces and without its length, as some proxies and programs send.
    const encoded = new Request(behind.origin, {
      method: 'POST',
      body: formOf(submission(form, identityOf(newPerson()), false).fields),
    })
    const headers = {
      Host: 'any',
      Origin: behind.origin,
      'Content-Type': encoded.headers.get('content-type') ?? '',
      'Transfer-Encoding': 'chunked',
      'X-Test-Address': newAddress(),
    }
    const body = Buffer.from(await encoded.arrayBuffer())
    const inPieces = { port: visitors, method: 'POST', target: '/fr/forgot-password', body }
    const taken = await rawRequest({ ...inPieces, headers: Object.entries(headers).flat() })
    expect([taken.status, taken.headers.get('location')]).toEqual([303, '/fr/forgot-password/sent'])
  })
})

function formOf(fields: [string, string | Blob][] = []): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}
