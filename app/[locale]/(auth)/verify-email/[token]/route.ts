import { keepLink } from '@/lib/http/link-cookie'

export async function GET(
  _request: Request,
  { params }: RouteContext<'/[locale]/verify-email/[token]'>,
): Promise<never> {
  const { locale, token } = await params
  return keepLink('verify', token, `/${locale}/verify-email`)
}
