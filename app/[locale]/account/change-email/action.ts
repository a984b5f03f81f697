'use server'

import { redirect } from 'next/navigation'
import { requestEmailChange } from '@/lib/accounts/change-email'
import { changeEmailSchema } from '@/lib/accounts/input'
import { requireAccount } from '@/lib/http/current-account'
import { type FormState, handleForm, refusalBy } from '@/lib/http/form'
import { keepTypedEmail } from '@/lib/http/typed-email'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, changeEmailSchema, async (input, { caller, locale }) => {
    const account = await requireAccount(locale)
    const result = await requestEmailChange(account, input, caller, locale)
    if (result.ok) {
      await keepTypedEmail('account/change-email', input.newEmail)
      redirect(`/${locale}/account/change-email/sent`)
    }
    // The cookie stays, so that the sign-in page says what happened.
    if (result.code === 'session_ended') redirect(`/${locale}/login`)
    if (result.code === 'wrong_password') return { fieldCodes: { currentPassword: ['wrong'] } }
    return refusalBy(result.code, result)
  })
}
