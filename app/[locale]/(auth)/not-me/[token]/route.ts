import { keepLink } from '@/lib/http/link-cookie'

export async function GET(_request: Request, { params }: RouteContext<'/[locale]/not-me/[token]'>): Promise<never> {
  const { locale, token } = await params
  return keepLink('not-me', token, `/${locale}/not-me`)
}
