'use server'

import { redirect } from 'next/navigation'
import { resetRedeemSchema } from '@/lib/accounts/input'
import { redeemPasswordReset } from '@/lib/accounts/password-reset'
import { type FormState, handleForm } from '@/lib/http/form'
import { followedLink } from '@/lib/http/links'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, resetRedeemSchema, async (input, { caller, locale }) => {
    const result = await redeemPasswordReset(await followedLink('reset-password'), input, caller, locale)
    // The cookie stays: another tab, or a step back, is told by its dead token that the link has been used.
    if (result.ok) redirect(`/${locale}/reset-password/done`)
    if (result.code === 'weak_password') return { fieldCodes: { newPassword: result.issues } }
    if (result.code === 'link_unusable') redirect(`/${locale}/reset-password`)
    return { formCode: result.code }
  })
}
