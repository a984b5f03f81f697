import { getTranslations } from 'next-intl/server'
import type { FormCode } from '@/lib/accounts/codes'
import { tokenPolicy } from '@/lib/accounts/policy'
import { type FieldName, type FieldWords, fieldWords } from '@/lib/i18n/field-words'
import { windowTitle } from '@/lib/i18n/window-title'

const formCodes = {
  invalid_credentials: true,
  confirmation_sent_again: true,
  identity_mismatch: true,
  too_many_requests: true,
  busy: true,
  cross_origin: true,
  unexpected: true,
} as const satisfies Record<FormCode, true>

/** Everything a form says, so that no catalogue travels to the browser. */
export type FormWords<Field extends string> = {
  fields: Record<Field, FieldWords>
  codes: Record<FormCode, string>
  /** Of the window, as long as all is well and after a failure; absent where the form is not what its page is about. */
  titles?: { plain: string; failed: string }
  submit: string
  pending: string
  required: string
  toCorrect: string
  notDone: string
  toKnow: string
  reference: string
  show: string
  hide: string
  shown: string
  hidden: string
}

/** The words of a form with this button and these fields, in the language of the request; with `title`, it names the window. */
export async function formWords<Field extends FieldName = never>(
  { title, submit }: { title?: string; submit: string },
  ...fields: Field[]
): Promise<FormWords<Field>> {
  const kit = await getTranslations('kit')
  const t = await getTranslations('formCodes')
  const attempts = tokenPolicy.passwordReset.maxIdentityAttempts
  const codes = Object.keys(formCodes) as FormCode[]
  const wordsOf = async (field: Field) => [field, await fieldWords(field)] as const
  return {
    fields: Object.fromEntries(await Promise.all(fields.map(wordsOf))) as Record<Field, FieldWords>,
    codes: Object.fromEntries(codes.map((code) => [code, t(code, { attempts })])) as Record<FormCode, string>,
    ...(title !== undefined && {
      titles: { plain: await windowTitle(title), failed: await windowTitle(kit('errorTitle', { title })) },
    }),
    submit,
    pending: kit('pending'),
    required: kit('required'),
    toCorrect: kit('toCorrect'),
    notDone: kit('notDone'),
    toKnow: kit('toKnow'),
    reference: kit('reference'),
    show: kit('show'),
    hide: kit('hide'),
    shown: kit('shown'),
    hidden: kit('hidden'),
  }
}
