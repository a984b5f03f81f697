import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { currentAccount } from '@/lib/http/current-account'

export default async function HomePage(): Promise<never> {
  const locale = await getLocale()
  redirect((await currentAccount()) ? `/${locale}/account` : `/${locale}/login`)
}
