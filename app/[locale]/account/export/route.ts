import { redirect } from 'next/navigation'
import { exportAccount } from '@/lib/accounts/export-account'
import { readCaller } from '@/lib/http/caller'
import { requireAccount } from '@/lib/http/current-account'
import { requestIdOf } from '@/lib/http/request-id'
import { inRequest } from '@/lib/log'

export async function GET(request: Request, { params }: RouteContext<'/[locale]/account/export'>): Promise<Response> {
  const { locale } = await params
  const account = await requireAccount(locale)
  const caller = await readCaller()
  const data = await inRequest(requestIdOf(request.headers), () => exportAccount(account.id, caller))
  if (!data.ok) redirect(`/${locale}/account/export/later`)
  return new Response(streamOf(data.value), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="metamots.json"',
    },
  })
}

/** Each piece is asked for when whoever downloads has room for it. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}
