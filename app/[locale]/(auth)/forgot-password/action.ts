'use server'

import { redirect } from 'next/navigation'
import { resetRequestSchema } from '@/lib/accounts/input'
import { requestPasswordReset } from '@/lib/accounts/password-reset'
import { type FormState, handleForm } from '@/lib/http/form'
import { keepMailReference } from '@/lib/http/mail-reference'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, resetRequestSchema, async (claim, { caller, locale }) => {
    const result = await requestPasswordReset(claim, caller, locale)
    if (!result.ok) return { formCode: result.code }
    await keepMailReference(result.value)
    redirect(`/${locale}/forgot-password/sent`)
  })
}
