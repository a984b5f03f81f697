import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { currentSession } from '@/lib/http/current-session'

export default async function HomePage(): Promise<never> {
  const locale = await getLocale()
  redirect((await currentSession()) ? `/${locale}/account` : `/${locale}/login`)
}
