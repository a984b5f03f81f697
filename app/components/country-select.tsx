import { useEffect, useState } from 'react'
import { countryNames } from '#country-names'
import type { FieldProps } from '@/app/components/field'
import { Select } from '@/app/components/select'
import type { Locale } from '@/lib/i18n/locales'

/** The countries, named and ordered by the server. A page that came without a document loads itself for them. */
export function CountrySelect({ field, locale }: { field: FieldProps; locale: Locale }) {
  const [names] = useState(() => countryNames(locale))
  useEffect(() => {
    // Where the document is of this page, loading it again would bring no more.
    const [document] = performance.getEntriesByType('navigation')
    if (Object.keys(names).length === 0 && document?.name !== location.href) location.reload()
  }, [names])
  return <Select field={field} options={names} autoComplete="country" />
}
