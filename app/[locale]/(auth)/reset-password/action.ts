'use server'

import { redirect } from 'next/navigation'
import { resetRedeemSchema } from '@/lib/accounts/input'
import { redeemPasswordReset as redeemReset } from '@/lib/accounts/password-reset'
import { clearCookie, readCookie } from '@/lib/http/cookies'
import { type FormState, handleForm } from '@/lib/http/form'

export async function redeemPasswordReset(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, resetRedeemSchema, async (input, { caller, locale }) => {
    const result = await redeemReset(await readCookie('reset'), input, caller, locale)
    if (result.ok) {
      await clearCookie('reset')
      redirect(`/${locale}/reset-password/done`)
    }
    if (result.code === 'weak_password') return { fieldCodes: { newPassword: result.issues } }
    if (result.code === 'link_unusable') redirect(`/${locale}/reset-password`)
    return { formCode: result.code }
  })
}
