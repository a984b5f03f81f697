import type { OptionHTMLAttributes } from 'react'
import { controlProps, Field, type FieldProps } from '@/app/components/field'

type Props = {
  field: FieldProps
  /** Texts by value, in the order shown. */
  options: Record<string, string>
  /** The choice made already; without it the list says `choose` first. */
  preset?: string
  autoComplete?: string
  /** What else is to be said of a text, by its value. */
  attributes?: (value: string) => OptionHTMLAttributes<HTMLOptionElement>
}

export function Select({ field, options, preset = '', autoComplete, attributes }: Props) {
  const chosen = field.value !== undefined && Object.hasOwn(options, field.value) ? field.value : preset
  return (
    <Field field={field}>
      <div className="select arrow">
        <select className="control edged" {...controlProps(field)} autoComplete={autoComplete} defaultValue={chosen}>
          {field.choose && <option value="">{field.choose}</option>}
          {Object.entries(options).map(([value, text]) => (
            <option key={value} value={value} {...attributes?.(value)}>
              {text}
            </option>
          ))}
        </select>
      </div>
    </Field>
  )
}
