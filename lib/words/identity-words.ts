import { getLocale, getTranslations } from 'next-intl/server'
import { type IdentityClaim, organizationTypes, resetRequestSchema } from '@/lib/accounts/input'
import type { Locale } from '@/lib/i18n/locales'

export type IdentityField = keyof IdentityClaim

/** In the order of the form. */
export const identityFields = Object.keys(resetRequestSchema.shape) as IdentityField[]

/** What the two lists of the identity fields are drawn from. */
export type IdentityOptions = { locale: Locale; organizationTypes: Record<string, string> }

/** In the language of the request. */
export async function identityOptions(): Promise<IdentityOptions> {
  const t = await getTranslations('organizationTypes')
  return {
    locale: await getLocale(),
    organizationTypes: Object.fromEntries(organizationTypes.map((type) => [type, t(type)])),
  }
}
