import { keepLink } from '@/lib/http/link-cookie'

export async function GET(_request: Request, { params }: RouteContext<'/[locale]/new-email/[token]'>): Promise<never> {
  const { locale, token } = await params
  return keepLink('new-email', token, `/${locale}/new-email`)
}
