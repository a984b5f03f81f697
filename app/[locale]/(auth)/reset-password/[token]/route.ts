import { keepLink } from '@/lib/http/link-cookie'

export async function GET(
  _request: Request,
  { params }: RouteContext<'/[locale]/reset-password/[token]'>,
): Promise<never> {
  const { locale, token } = await params
  return keepLink('reset', token, `/${locale}/reset-password`)
}
