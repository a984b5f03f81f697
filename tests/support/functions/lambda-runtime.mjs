// `fork('lambda-runtime.mjs', [folder])` runs a bundle of OpenNext as Lambda does behind an HTTP API: each request becomes an
// event of API Gateway, version 2. Says on which port, and after each answer that it may be frozen.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'

globalThis.awslambda = {
  streamifyResponse: (handler) => Object.assign(handler, { streams: true }),
  HttpResponseStream: { from: (stream) => stream },
}
const { handler } = await import(pathToFileURL(join(process.argv[2], 'index.mjs')).href)

const server = createServer(async (request, response) => {
  const event = toEvent(request, await buffer(request))
  const finished = once(response, 'finish')
  if (handler.streams) await stream(event, response)
  else answer(response, await handler(event, {}))
  await finished
  process.send('done')
})
await once(server.listen(0, '127.0.0.1'), 'listening')
process.send(server.address().port)

function toEvent({ method, url, headers: given }, body) {
  const { pathname, search } = new URL(url, 'http://gateway')
  const { cookie, ...headers } = given
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    ...(cookie ? { cookies: cookie.split('; ') } : {}),
    headers,
    requestContext: {
      http: { method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
      stage: '$default',
    },
    body: body.toString('base64'),
    isBase64Encoded: true,
  }
}

function answer(response, { statusCode, headers, cookies, body, isBase64Encoded }) {
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value)
  if (cookies?.length > 0) response.setHeader('set-cookie', cookies)
  response.writeHead(statusCode).end(Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'))
}

/** First come the status and headers, eight zeros, then the body. */
async function stream(event, response) {
  const responseStream = Object.assign(new PassThrough(), { setContentType() {} })
  const done = handler(event, responseStream, {})
  let head = Buffer.alloc(0)
  for await (const chunk of responseStream) {
    if (head === null) response.write(chunk)
    else {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\0'.repeat(8))
      if (end < 0) continue
      const { statusCode, headers, cookies } = JSON.parse(head.subarray(0, end).toString())
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      if (cookies?.length > 0) response.setHeader('set-cookie', cookies)
      response.writeHead(statusCode).write(head.subarray(end + 8))
      head = null
    }
  }
  response.end()
  await done
}
