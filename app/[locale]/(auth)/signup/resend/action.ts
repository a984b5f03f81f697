'use server'

import { redirect } from 'next/navigation'
import { resendConfirmationSchema } from '@/lib/accounts/input'
import { requestVerification } from '@/lib/accounts/verification'
import { keepAsked } from '@/lib/http/asked'
import { type FormState, handleForm, refusalBy } from '@/lib/http/form'
import { keepMailReference } from '@/lib/http/mail-reference'
import { keepTypedEmail } from '@/lib/http/typed-email'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, resendConfirmationSchema, async (input, { caller, locale }) => {
    const result = await requestVerification(input, caller, locale)
    if (!result.ok) return refusalBy(result.code, result)
    await keepMailReference(result.value)
    await keepTypedEmail('signup/resend', input.email)
    await keepAsked('signup/resend', input)
    redirect(`/${locale}/signup/resend/sent`)
  })
}
