import { getTranslations } from 'next-intl/server'
import type { FormCode } from '@/lib/accounts/codes'
import { tokenPolicy } from '@/lib/policy'
import { type FieldName, type FieldWords, fieldWords } from '@/lib/words/field-words'
import { windowTitle } from '@/lib/words/window-title'

/** What a form says before it is sent, so that no catalogue travels to the browser. */
export type FormWords<Field extends string> = {
  fields: Record<Field, FieldWords>
  /** Of the window, as long as all is well and after a failure; absent where the form is not what its page is about. */
  titles?: { plain: string; failed: string }
  submit: string
  pending: string
  required: string
  toCorrect: string
  notDone: string
  reference: string
  show: string
  hide: string
  shown: string
  hidden: string
  /** With `{domain}` where the domain is to stand that somebody probably meant. */
  probableDomain: string
}

/** The words of a form with this button and these fields, in the language of the request; with `title`, it names the window. */
export async function formWords<Field extends FieldName = never>(
  { title, submit }: { title?: string; submit: string },
  ...fields: Field[]
): Promise<FormWords<Field>> {
  const kit = await getTranslations('kit')
  const wordsOf = async (field: Field) => [field, await fieldWords(field)] as const
  return {
    fields: Object.fromEntries(await Promise.all(fields.map(wordsOf))) as Record<Field, FieldWords>,
    ...(title !== undefined && {
      titles: { plain: await windowTitle(title), failed: await windowTitle(kit('errorTitle', { title })) },
    }),
    submit,
    pending: kit('pending'),
    required: kit('required'),
    toCorrect: kit('toCorrect'),
    notDone: kit('notDone'),
    reference: kit('reference'),
    show: kit('show'),
    hide: kit('hide'),
    shown: kit('shown'),
    hidden: kit('hidden'),
    probableDomain: kit('probableDomain', { domain: '{domain}' }),
  }
}

/** What stands in the way of a whole submission, in the language of the request. */
export async function formError(code: FormCode): Promise<string> {
  const t = await getTranslations('formCodes')
  return t(code, { attempts: tokenPolicy.maxAttempts })
}
