import { useEffect, useState } from 'react'
import { countryNames } from '#country-names'
import type { FieldProps } from '@/app/components/field'
import { Select } from '@/app/components/select'
import type { Locale } from '@/lib/i18n/locales'

export function CountrySelect({ field, locale }: { field: FieldProps; locale: Locale }) {
  const [names] = useState(() => countryNames(locale))
  useEffect(() => {
    if (Object.keys(names).length === 0) location.reload()
  }, [names])
  return <Select field={field} options={names} autoComplete="country" />
}
