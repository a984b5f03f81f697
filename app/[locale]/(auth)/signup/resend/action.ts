'use server'

import { redirect } from 'next/navigation'
import { resendConfirmationSchema } from '@/lib/accounts/input'
import { requestVerification } from '@/lib/accounts/verification'
import { type FormState, handleForm } from '@/lib/http/form'
import { keepMailReference } from '@/lib/http/mail-reference'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, resendConfirmationSchema, async (input, { caller, locale }) => {
    const result = await requestVerification(input, caller, locale)
    if (!result.ok) return { formCode: result.code }
    await keepMailReference(result.value)
    redirect(`/${locale}/signup/resend/sent`)
  })
}
