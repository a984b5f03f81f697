import type { ComponentProps, ReactNode } from 'react'
import { controlProps, Field, type FieldProps } from '@/app/components/field'

type Props = { field: FieldProps; describedBy?: string | null | undefined; children?: ReactNode } & Pick<
  ComponentProps<'input'>,
  'type' | 'autoComplete' | 'autoCapitalize' | 'spellCheck' | 'enterKeyHint' | 'onBlur'
>

export function TextField({ field, describedBy, children, ...input }: Props) {
  return (
    <Field field={field}>
      <input
        className="control edged"
        type="text"
        dir="auto"
        autoCorrect="off"
        {...controlProps(field, describedBy)}
        {...input}
        defaultValue={field.value}
      />
      {children}
    </Field>
  )
}
