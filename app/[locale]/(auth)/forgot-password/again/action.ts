'use server'

import { redirect } from 'next/navigation'
import { nothingSchema } from '@/lib/accounts/input'
import { requestPasswordReset } from '@/lib/accounts/password-reset'
import { keepAsked, readAsked } from '@/lib/http/asked'
import { type FormState, handleForm, refusalBy } from '@/lib/http/form'
import { keepMailReference } from '@/lib/http/mail-reference'
import { roomQuery } from '@/lib/http/mail-room'
import { keepTypedEmail } from '@/lib/http/typed-email'

/** Asks once more with what was typed before: the same work, limits and answer. */
export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { caller, locale }) => {
    const asked = await readAsked('forgot-password')
    if (!asked) redirect(`/${locale}/forgot-password`)
    if (asked.waitSeconds > 0) return { formCode: 'too_many_requests', waitSeconds: asked.waitSeconds }
    const result = await requestPasswordReset(asked.input, caller, locale)
    if (!result.ok) return refusalBy(result.code, result)
    await keepMailReference(result.value.mail)
    await keepTypedEmail('forgot-password', asked.input.email)
    await keepAsked('forgot-password', asked.input)
    redirect(`/${locale}/forgot-password/sent${roomQuery(result.value) || '?sent=again'}`)
  })
}
