'use server'

import { redirect } from 'next/navigation'
import { changePassword as changeAccountPassword } from '@/lib/accounts/change-password'
import { changePasswordSchema } from '@/lib/accounts/input'
import { setCookie } from '@/lib/http/cookies'
import { requireSession } from '@/lib/http/current-session'
import { type FormState, handleForm } from '@/lib/http/form'

export async function changePassword(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, changePasswordSchema, async (input, { caller, locale }) => {
    const session = await requireSession(locale)
    const result = await changeAccountPassword(session.account, input, caller, locale)
    if (result.ok) {
      await setCookie('session', result.value)
      redirect(`/${locale}/account/change-password/done`)
    }
    if (result.code === 'weak_password') return { fieldCodes: { newPassword: result.issues } }
    if (result.code === 'wrong_password') return { fieldCodes: { currentPassword: ['wrong'] } }
    return { formCode: result.code }
  })
}
