import { CountrySelect } from '@/app/components/country-select'
import { EmailField } from '@/app/components/email-field'
import { FieldPair, type FieldProps } from '@/app/components/field'
import { Select } from '@/app/components/select'
import { TextField } from '@/app/components/text-field'
import type { IdentityField, IdentityOptions } from '@/lib/words/identity-words'

type Detail = Exclude<IdentityField, 'email'>

type Props = {
  field: (name: IdentityField) => FieldProps
  words: { probableDomain: string }
  options: IdentityOptions
  /** `username` beside a new password, so that password managers file it under this e-mail. */
  emailIs: 'email' | 'username'
}

/** The five answers that tell whose account it is: the same at sign-up and on the way back in. */
export function IdentityFields({ field, words, options, emailIs }: Props) {
  return (
    <>
      <EmailField field={field('email')} words={words} autoComplete={emailIs} />
      <PersonFields field={field} options={options} />
    </>
  )
}

/** Those of them that are not the e-mail. */
export function PersonFields({ field, options }: { field: (name: Detail) => FieldProps; options: IdentityOptions }) {
  return (
    <>
      <FieldPair>
        <TextField field={field('firstName')} autoComplete="given-name" spellCheck={false} enterKeyHint="next" />
        <TextField field={field('lastName')} autoComplete="family-name" spellCheck={false} enterKeyHint="next" />
      </FieldPair>
      <FieldPair>
        <CountrySelect field={field('country')} locale={options.locale} />
        <Select field={field('organizationType')} options={options.organizationTypes} />
      </FieldPair>
    </>
  )
}
