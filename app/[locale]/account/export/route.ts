import { exportAccount } from '@/lib/accounts/export-account'
import { readCaller } from '@/lib/http/caller'
import { requireSession } from '@/lib/http/current-session'

export async function GET(_request: Request, { params }: RouteContext<'/[locale]/account/export'>): Promise<Response> {
  const { locale } = await params
  const session = await requireSession(locale)
  const data = await exportAccount(session.account.id, await readCaller())
  return new Response(`${JSON.stringify(data, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="metamots.json"',
    },
  })
}
