'use server'

import { redirect } from 'next/navigation'
import { resetRequestSchema } from '@/lib/accounts/input'
import { requestPasswordReset as requestReset } from '@/lib/accounts/password-reset'
import { type FormState, handleForm } from '@/lib/http/form'

export async function requestPasswordReset(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, resetRequestSchema, async (claim, { caller, locale }) => {
    const result = await requestReset(claim, caller, locale)
    if (!result.ok) return { formCode: result.code }
    redirect(`/${locale}/forgot-password/sent`)
  })
}
