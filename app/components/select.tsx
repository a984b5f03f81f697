import { controlProps, Field, type FieldProps } from '@/app/components/field'
import { directionOf } from '@/lib/i18n/direction'
import type { Locale } from '@/lib/i18n/locales'

type Props = {
  field: FieldProps
  /** Texts by value, in the order shown. */
  options: Record<string, string>
  /** The choice made already; without it the list says `choose` first. */
  preset?: string
  autoComplete?: string
  /** Whether each value is the language its text is in. */
  languages?: boolean
}

export function Select({ field, options, preset = '', autoComplete, languages }: Props) {
  const chosen = field.value !== undefined && Object.hasOwn(options, field.value) ? field.value : preset
  return (
    <Field field={field}>
      <div className="select arrow">
        <select className="control edged" {...controlProps(field)} autoComplete={autoComplete} defaultValue={chosen}>
          {field.choose && <option value="">{field.choose}</option>}
          {Object.entries(options).map(([value, text]) => (
            <option key={value} value={value} {...(languages && { lang: value, dir: directionOf(value as Locale) })}>
              {text}
            </option>
          ))}
        </select>
      </div>
    </Field>
  )
}
