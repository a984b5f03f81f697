import { getLocale, getTranslations } from 'next-intl/server'
import { type IdentityClaim, organizationTypes, resetRequestSchema } from '@/lib/accounts/input'
import { countryNames } from '@/lib/i18n/countries'

export type IdentityField = keyof IdentityClaim

/** In the order of the form. */
export const identityFields = Object.keys(resetRequestSchema.shape) as IdentityField[]

/** `countries`: a line each of two-letter code and name, which every page carries twice and so should be short. */
export type IdentityOptions = { countries: string; organizationTypes: Record<string, string> }

/** What can be chosen in the two lists of the identity fields, named and ordered for the language of the request. */
export async function identityOptions(): Promise<IdentityOptions> {
  const t = await getTranslations('organizationTypes')
  return {
    countries: Object.entries(countryNames(await getLocale()))
      .map(([code, name]) => code + name)
      .join('\n'),
    organizationTypes: Object.fromEntries(organizationTypes.map((type) => [type, t(type)])),
  }
}
