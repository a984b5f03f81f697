import { once } from 'node:events'
import { createServer } from 'node:net'
import { ConfigurationError } from '@/lib/env'

const reasons: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (_, port) => `PORT ${port} is taken: another process listens there. Stop that one, or give another PORT`,
  EACCES: (_, port) => `PORT ${port} is for privileged processes. Give one above 1023`,
}

/** Throws ConfigurationError when nobody can listen there, before anything else is begun. */
export async function refuseTakenPort(host: string, port: number): Promise<void> {
  const probe = createServer().listen({ host, port, exclusive: true })
  try {
    await once(probe, 'listening')
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? '']
    const noAddress = 'HOST is not usable: it is no address of this machine. Give 127.0.0.1, or 0.0.0.0 for all of IPv4'
    throw new ConfigurationError([reason?.(host, port) ?? noAddress])
  }
  probe.close()
  await once(probe, 'close')
}
