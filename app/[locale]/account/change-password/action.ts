'use server'

import { redirect } from 'next/navigation'
import { changePassword } from '@/lib/accounts/change-password'
import { changePasswordSchema } from '@/lib/accounts/input'
import { requireAccount } from '@/lib/http/current-account'
import { type FormState, handleForm, refusalBy } from '@/lib/http/form'
import { noteOuterSpace } from '@/lib/http/outer-space'
import { keepSignIn } from '@/lib/http/sign-in'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, changePasswordSchema, async (input, { caller, locale }) => {
    const account = await requireAccount(locale)
    const result = await changePassword(account, input, caller, locale)
    if (result.ok) {
      await keepSignIn(result.value)
      await noteOuterSpace('account/change-password', input.newPassword)
      redirect(`/${locale}/account/change-password/done`)
    }
    if (result.code === 'weak_password') return { fieldCodes: { newPassword: result.issues } }
    // The cookie stays, so that the sign-in page says what happened.
    if (result.code === 'session_ended') redirect(`/${locale}/login`)
    if (result.code === 'wrong_password') return { fieldCodes: { currentPassword: ['wrong'] } }
    return refusalBy(result.code, result)
  })
}
