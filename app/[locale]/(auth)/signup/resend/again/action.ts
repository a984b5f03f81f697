'use server'

import { redirect } from 'next/navigation'
import { nothingSchema } from '@/lib/accounts/input'
import { requestVerification } from '@/lib/accounts/verification'
import { keepAsked, readAsked } from '@/lib/http/asked'
import { type FormState, handleForm, refusalBy } from '@/lib/http/form'
import { keepMailReference } from '@/lib/http/mail-reference'
import { keepTypedEmail } from '@/lib/http/typed-email'

/** Asks once more with what was typed before: the same work, limits and answer. */
export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { caller, locale }) => {
    const asked = await readAsked('signup/resend')
    if (!asked) redirect(`/${locale}/signup/resend`)
    if (asked.waitSeconds > 0) return { formCode: 'too_many_requests', waitSeconds: asked.waitSeconds }
    const result = await requestVerification(asked.input, caller, locale)
    if (!result.ok) return refusalBy(result.code, result)
    await keepMailReference(result.value)
    await keepTypedEmail('signup/resend', asked.input.email)
    await keepAsked('signup/resend', asked.input)
    redirect(`/${locale}/signup/resend/sent?sent=again`)
  })
}
