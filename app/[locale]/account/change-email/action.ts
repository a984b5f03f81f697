'use server'

import { redirect } from 'next/navigation'
import { requestNewEmail } from '@/lib/accounts/change-email'
import { changeEmailSchema } from '@/lib/accounts/input'
import { requireSession } from '@/lib/http/current-session'
import { type FormState, handleForm } from '@/lib/http/form'

export async function changeEmail(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, changeEmailSchema, async (input, { caller, locale }) => {
    const session = await requireSession(locale)
    const result = await requestNewEmail(session.account, input, caller, locale)
    if (result.ok) redirect(`/${locale}/account/change-email/sent`)
    if (result.code === 'wrong_password') return { fieldCodes: { currentPassword: ['wrong'] } }
    return { formCode: result.code }
  })
}
