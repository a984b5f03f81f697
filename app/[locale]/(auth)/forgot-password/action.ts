'use server'

import { redirect } from 'next/navigation'
import { resetRequestSchema } from '@/lib/accounts/input'
import { requestPasswordReset } from '@/lib/accounts/password-reset'
import { keepAsked } from '@/lib/http/asked'
import { type FormState, handleForm, refusalBy } from '@/lib/http/form'
import { keepMailReference } from '@/lib/http/mail-reference'
import { roomQuery } from '@/lib/http/mail-room'
import { keepTypedEmail } from '@/lib/http/typed-email'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, resetRequestSchema, async (claim, { caller, locale }) => {
    const result = await requestPasswordReset(claim, caller, locale)
    if (!result.ok) return refusalBy(result.code, result)
    await keepMailReference(result.value.mail)
    await keepTypedEmail('forgot-password', claim.email)
    await keepAsked('forgot-password', claim)
    redirect(`/${locale}/forgot-password/sent${roomQuery(result.value)}`)
  })
}
