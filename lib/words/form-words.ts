import { getTranslations } from 'next-intl/server'
import type { FormCode } from '@/lib/accounts/codes'
import { tokenPolicy } from '@/lib/policy'
import { waitInWords } from '@/lib/words/durations'
import { type FieldName, type FieldWords, fieldWords } from '@/lib/words/field-words'
import { windowTitle } from '@/lib/words/window-title'

/** Why no answer to a submission came: no line, no service, none that had room, another version of it, or a fault of ours that has a reference. */
export type Trouble = 'lost' | 'silent' | 'busy' | 'outdated' | 'failed'

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
  troubles: Record<Trouble, string>
  reload: string
  show: string
  hide: string
  shown: string
  hidden: string
  capsLock: string
  /** With `{domain}` where the domain is to stand that somebody probably meant. */
  probableDomain: string
}

/** The words of a form with this button and these fields, in the language of the request; with `title`, it names the window. */
export async function formWords<Field extends FieldName = never>(
  { title, submit, notDone }: { title?: string; submit: string; notDone?: string },
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
    notDone: notDone ?? kit('notDone'),
    reference: kit('reference'),
    troubles: {
      lost: kit('lost'),
      silent: kit('silent'),
      busy: await formError('busy'),
      outdated: kit('outdated'),
      failed: await formError('unexpected'),
    },
    reload: kit('reload'),
    show: kit('show'),
    hide: kit('hide'),
    shown: kit('shown'),
    hidden: kit('hidden'),
    capsLock: kit('capsLock'),
    probableDomain: kit('probableDomain', { domain: '{domain}' }),
  }
}

/** What stands in the way of a whole submission, in the language of the request. `{time}` is left for the clock of the browser. */
export async function formError(
  code: FormCode,
  { waitSeconds = 0, attemptsLeft }: { waitSeconds?: number | undefined; attemptsLeft?: number | undefined } = {},
): Promise<string> {
  const t = await getTranslations('formCodes')
  const kit = await getTranslations('kit')
  const error = t(code, { attempts: tokenPolicy.maxAttempts, wait: await waitInWords(waitSeconds), time: '{time}' })
  if (attemptsLeft === undefined) return error
  const [first, ...others] = error.split('\n')
  return [`${first} ${kit('attemptsLeft', { left: attemptsLeft })}`, ...others].join('\n')
}
