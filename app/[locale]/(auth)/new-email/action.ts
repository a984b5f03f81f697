'use server'

import { redirect } from 'next/navigation'
import { redeemEmailChange } from '@/lib/accounts/change-email'
import { newEmailSchema } from '@/lib/accounts/input'
import { type FormState, refusalBy } from '@/lib/http/form'
import { handleLinkForm } from '@/lib/http/links'

export async function submit(previous: FormState, form: FormData): Promise<FormState> {
  return handleLinkForm('new-email', previous, form, newEmailSchema, async (token, { currentPassword }, context) => {
    const result = await redeemEmailChange(token, currentPassword, context.caller, context.locale)
    // The cookie stays, as that of a reset link does.
    if (result.ok) redirect(`/${context.locale}/new-email/done`)
    if (result.code === 'link_unusable') redirect(context.pathOf())
    if (result.code === 'wrong_password') return { fieldCodes: { currentPassword: ['wrong'] } }
    return refusalBy(result.code, result)
  })
}
