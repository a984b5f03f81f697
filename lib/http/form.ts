import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import type { z } from 'zod'
import type { FieldCode, FormCode } from '@/lib/accounts/codes'
import { BusyError } from '@/lib/accounts/passwords/hashing'
import type { Caller } from '@/lib/caller'
import { isOverload } from '@/lib/db/client'
import { readCaller } from '@/lib/http/caller'
import { kickAfterAnswer } from '@/lib/http/kick'
import { requestIdOf } from '@/lib/http/request-id'
import { isSameOrigin } from '@/lib/http/same-origin'
import { echo, notesOn, readFields, type Typed } from '@/lib/http/typed-fields'
import { isWork } from '@/lib/http/work'
import type { Locale } from '@/lib/i18n/locales'
import { inRequest, logError, logEvent } from '@/lib/log'
import { requestReference } from '@/lib/mail/reference'
import type { Failure } from '@/lib/result'
import { type FieldName, fieldErrors } from '@/lib/words/field-words'
import { formError } from '@/lib/words/form-words'
import { type SupportWords, supportWords } from '@/lib/words/support-words'

/** Why a submission did not lead on. */
export type Refusal<Field extends string = string> = {
  formCode?: FormCode
  /** How long it takes until the same may do, where that is known. */
  waitSeconds?: number | undefined
  /** How many answers a link is worth still, where that is known. */
  attemptsLeft?: number | undefined
  fieldCodes?: Partial<Record<Field, FieldCode[]>>
  /** Where to find this failure in the log. */
  reference?: string
}

/** What a page was opened with and its form brings along: which link, or where to go next. Whoever sends it can write it. */
export type OpenedWith = { link?: string; next?: string }

/**
 * What a form shows then, in the language of the request: `{time}` in the error stands for when the seconds are over, by the
 * clock of the browser. Values are echoed as typed, passwords never.
 */
export type FormState<Field extends string = string> = Omit<Refusal, 'fieldCodes' | 'attemptsLeft'> & {
  formError?: string
  fieldErrors?: Partial<Record<Field, string[]>>
  /** Of what was typed: said whether or not it is what stands in the way. */
  fieldNotes?: Typed<Field>
  values?: Typed<Field>
  /** Whom to ask when the whole submission was refused. */
  support?: SupportWords
} & OpenedWith

export type FormContext = { caller: Caller; locale: Locale }

type Shape = z.ZodObject
type FieldOf<Schema extends Shape> = Extract<keyof z.input<Schema>, string>

/**
 * Runs one submission: same-origin check, one string per field, schema, then `handle`, which redirects on success or
 * says what stands in the way. Never throws but for Next's own signals; what is unexpected is logged under a reference.
 * `sayAs`: fields whose errors are worded like another's.
 */
export async function handleForm<Schema extends Shape>(
  form: unknown,
  schema: Schema,
  handle: (input: z.output<Schema>, context: FormContext) => Promise<Refusal<FieldOf<Schema>>>,
  sayAs: Partial<Record<FieldOf<Schema>, FieldName>> = {},
): Promise<FormState<FieldOf<Schema>>> {
  const typed = readFields(form, Object.keys(schema.shape) as FieldOf<Schema>[])
  const request = requestIdOf(await headers())
  const { formCode, fieldCodes, reference, waitSeconds, attemptsLeft } = await isWork(
    inRequest(request, () => refuse(typed, schema, handle)),
  )
  const support = formCode ? await supportWords(reference ?? requestReference(request)) : null
  return {
    ...(formCode && { formCode, formError: await formError(formCode, { waitSeconds, attemptsLeft }) }),
    ...(waitSeconds && { waitSeconds: 60 * Math.ceil(waitSeconds / 60) }),
    ...(fieldCodes && { fieldErrors: await inWords(fieldCodes, sayAs) }),
    ...(reference && { reference }),
    fieldNotes: await notesOn(typed),
    ...(support && { support }),
    values: echo(typed),
  }
}

/** What a form says of an expected failure. */
export function refusalBy(formCode: FormCode, { waitSeconds, attemptsLeft }: Omit<Failure<string>, 'code'>): Refusal {
  return { formCode, waitSeconds, attemptsLeft }
}

async function inWords<Field extends string>(
  fieldCodes: Partial<Record<Field, FieldCode[]>>,
  sayAs: Partial<Record<Field, FieldName>>,
): Promise<Partial<Record<Field, string[]>>> {
  const errors: Partial<Record<Field, string[]>> = {}
  for (const field of Object.keys(fieldCodes) as Field[])
    errors[field] = await fieldErrors(sayAs[field] ?? field, fieldCodes[field] ?? [])
  return errors
}

async function refuse<Schema extends Shape>(
  typed: Typed<FieldOf<Schema>>,
  schema: Schema,
  handle: (input: z.output<Schema>, context: FormContext) => Promise<Refusal<FieldOf<Schema>>>,
): Promise<Refusal<FieldOf<Schema>>> {
  try {
    if (!(await isSameOrigin())) {
      logEvent('malicious_csrf')
      return { formCode: 'cross_origin' }
    }
    const parsed = schema.safeParse(typed)
    if (!parsed.success) {
      const fieldCodes = firstCodes(parsed.error)
      logEvent('input_validation_fail', { fields: Object.keys(fieldCodes).join(' ') })
      return { fieldCodes }
    }
    const locale = (await getLocale()) as Locale
    try {
      return await handle(parsed.data, { caller: await readCaller(), locale })
    } finally {
      await kickAfterAnswer()
    }
  } catch (error) {
    unstable_rethrow(error)
    if (error instanceof BusyError || isOverload(error)) {
      logError('form_busy', error)
      return { formCode: 'busy' }
    }
    return { formCode: 'unexpected', reference: logError('form_failed', error) }
  }
}

function firstCodes<Field extends string>(error: z.ZodError): Partial<Record<Field, FieldCode[]>> {
  const codes: Partial<Record<string, FieldCode[]>> = {}
  for (const issue of error.issues) codes[String(issue.path[0])] ??= [issue.message as FieldCode]
  return codes
}
