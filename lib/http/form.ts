import { unstable_rethrow } from 'next/navigation'
import { after } from 'next/server'
import { getLocale } from 'next-intl/server'
import type { z } from 'zod'
import type { Caller } from '@/lib/accounts/caller'
import type { FieldCode, FormCode } from '@/lib/accounts/codes'
import { BusyError } from '@/lib/accounts/hashing'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { readCaller } from '@/lib/http/caller'
import { isSameOrigin } from '@/lib/http/same-origin'
import type { Locale } from '@/lib/i18n/locales'
import { logError, logEvent } from '@/lib/log'

/** What a form shows after a submission that did not lead on. Codes only; values are echoed as typed, passwords never. */
export type FormState<Field extends string = string> = {
  formCode?: FormCode
  fieldCodes?: Partial<Record<Field, FieldCode[]>>
  values?: Partial<Record<Field, string>>
  /** Where to find this failure in the log. */
  reference?: string
}

export type FormContext = { caller: Caller; locale: Locale }

type Shape = z.ZodObject
type FieldOf<Schema extends Shape> = Extract<keyof z.input<Schema>, string>

/**
 * Runs one submission: same-origin check, one string per field, schema, then `handle`, which redirects on success or
 * says what stands in the way. Never throws but for Next's own signals; what is unexpected is logged under a reference.
 */
export async function handleForm<Schema extends Shape>(
  form: unknown,
  schema: Schema,
  handle: (input: z.output<Schema>, context: FormContext) => Promise<FormState<FieldOf<Schema>>>,
): Promise<FormState<FieldOf<Schema>>> {
  const fields = Object.keys(schema.shape) as FieldOf<Schema>[]
  const typed = readFields(form, fields)
  const values = echo(typed)
  try {
    if (!(await isSameOrigin())) {
      logEvent('malicious_csrf')
      return { formCode: 'cross_origin', values }
    }
    const parsed = schema.safeParse(typed)
    if (!parsed.success) {
      const fieldCodes = firstCodes(parsed.error)
      logEvent('input_validation_fail', { fields: Object.keys(fieldCodes).join(' ') })
      return { fieldCodes, values }
    }
    after(kickMail)
    const locale = (await getLocale()) as Locale
    return { ...(await handle(parsed.data, { caller: await readCaller(), locale })), values }
  } catch (error) {
    unstable_rethrow(error)
    if (error instanceof BusyError) return { formCode: 'busy', values }
    return { formCode: 'unexpected', reference: logError('form_failed', error), values }
  }
}

/** Exactly one string per field; anything else (absent, repeated, a file) is left undefined for the schema to refuse. */
function readFields<Field extends string>(form: unknown, fields: Field[]): Partial<Record<Field, string>> {
  if (!(form instanceof FormData)) return {}
  const typed: Partial<Record<Field, string>> = {}
  for (const field of fields) {
    const [value, ...more] = form.getAll(field)
    if (typeof value === 'string' && more.length === 0) typed[field] = value
  }
  return typed
}

function echo<Field extends string>(typed: Partial<Record<Field, string>>): Partial<Record<Field, string>> {
  const shown = Object.entries<string | undefined>(typed).filter(
    ([field, value]) => !/password/i.test(field) && value !== undefined && value.length <= 320,
  )
  return Object.fromEntries(shown) as Partial<Record<Field, string>>
}

function firstCodes<Field extends string>(error: z.ZodError): Partial<Record<Field, FieldCode[]>> {
  const codes: Partial<Record<string, FieldCode[]>> = {}
  for (const issue of error.issues) codes[String(issue.path[0])] ??= [issue.message as FieldCode]
  return codes
}

/** For speed only: what this misses, the sweep delivers. */
async function kickMail(): Promise<void> {
  await deliverDueMail().catch((error: unknown) => logError('kick_failed', error))
}
