'use server'

import { redirect } from 'next/navigation'
import { changeDetails } from '@/lib/accounts/change-details'
import { changeDetailsSchema } from '@/lib/accounts/input'
import { requireAccount } from '@/lib/http/current-account'
import { type FormState, handleForm, refusalBy } from '@/lib/http/form'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, changeDetailsSchema, async (input, { caller, locale }) => {
    const account = await requireAccount(locale)
    const result = await changeDetails(account, input, caller, locale)
    if (result.ok) redirect(`/${locale}/account/details/done`)
    // The cookie stays, so that the sign-in page says what happened.
    if (result.code === 'session_ended') redirect(`/${locale}/login`)
    if (result.code === 'wrong_password') return { fieldCodes: { currentPassword: ['wrong'] } }
    return refusalBy(result.code, result)
  })
}
