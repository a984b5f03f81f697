import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { startProgram } from '@/tests/support/vitest/program'

/** A server that says on which port it is, and is busy as soon as its first visitor came; it ends as Next does. */
const server = (beforeIt: string) => `
  import { createServer } from 'node:http'
  import { takeLastConnections } from '@/lib/worker/last-connections'
  const server = createServer((_, answer) => answer.end('served'))
  process.on('SIGTERM', () => server.close(() => process.exit()))
  ${beforeIt}
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
  server.once('connection', () => {
    console.log('busy')
    for (const until = Date.now() + 1_500; Date.now() < until; );
  })`

test('who came before a busy process was told to stop is served, and then it ends', async () => {
  expect(await servedBy(server('takeLastConnections()'))).toEqual(Array(6).fill('served'))
})

test('a process that closes its door at once cuts those who wait there', async () => {
  expect(await servedBy(server(''))).toContain('cut')
})

test('where nobody listens for the end, the process still ends at once', async () => {
  const idle = `import { takeLastConnections } from '@/lib/worker/last-connections'
    takeLastConnections()
    setInterval(() => {}, 1_000)
    console.log('idle')`
  const program = startProgram(idle)
  expect(await program.line()).toBe('idle')
  process.kill(program.pid, 'SIGTERM')
  expect(await program.ended).toBe('SIGTERM')
})

/** What becomes of six visitors who come while the process is busy, before it is told to stop. */
async function servedBy(source: string): Promise<string[]> {
  const program = startProgram(source)
  const port = Number(await program.line())
  const first = visit(port)
  expect(await program.line()).toBe('busy')
  const others = Array.from({ length: 5 }, () => visit(port))
  await Promise.all(others.map(({ arrived }) => arrived))
  process.kill(program.pid, 'SIGTERM')
  const told = await Promise.all([first, ...others].map(({ answer }) => answer))
  expect(await program.ended).toBe(0)
  return told
}

function visit(port: number): { arrived: Promise<unknown>; answer: Promise<string> } {
  const socket = connect(port, '127.0.0.1')
  const arrived = once(socket, 'connect')
  socket.write('GET / HTTP/1.1\r\nHost: any\r\nConnection: close\r\n\r\n')
  const answer = text(socket).then(
    (said) => (said.endsWith('served') ? 'served' : 'cut'),
    () => 'cut',
  )
  return { arrived, answer }
}
