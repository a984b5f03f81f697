import type { ComponentProps } from 'react'
import { controlProps, Field, type FieldProps } from '@/app/components/field'

type Props = { field: FieldProps } & Pick<
  ComponentProps<'input'>,
  'type' | 'autoComplete' | 'autoCapitalize' | 'spellCheck' | 'enterKeyHint'
>

export function TextField({ field, ...input }: Props) {
  return (
    <Field field={field}>
      <input
        className="control"
        type="text"
        dir="auto"
        {...controlProps(field)}
        {...input}
        defaultValue={field.value}
      />
    </Field>
  )
}
