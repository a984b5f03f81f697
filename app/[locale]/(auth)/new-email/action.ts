'use server'

import { redirect } from 'next/navigation'
import { redeemEmailChange } from '@/lib/accounts/change-email'
import { newEmailSchema } from '@/lib/accounts/input'
import { type FormState, handleForm } from '@/lib/http/form'
import { followedLink } from '@/lib/http/links'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, newEmailSchema, async ({ currentPassword }, { caller, locale }) => {
    const result = await redeemEmailChange(await followedLink('new-email'), currentPassword, caller, locale)
    // The cookie stays, as that of a reset link does.
    if (result.ok) redirect(`/${locale}/new-email/done`)
    if (result.code === 'link_unusable') redirect(`/${locale}/new-email`)
    if (result.code === 'wrong_password') return { fieldCodes: { currentPassword: ['wrong'] } }
    return { formCode: result.code }
  })
}
