import { getTranslations } from 'next-intl/server'
import { cameFrom } from '@/lib/http/came-from'

/** In words, the way back to the application that this browser came from; null where there is none. */
export async function wayBack(): Promise<{ words: string; href: string } | null> {
  const from = await cameFrom()
  return from && { words: (await getTranslations('goOn'))('goOn', { app: from.app }), href: from.href }
}
