'use server'

import { redirect } from 'next/navigation'
import { resetRedeemSchema } from '@/lib/accounts/input'
import { redeemPasswordReset } from '@/lib/accounts/password-reset'
import { type FormState, refusalBy } from '@/lib/http/form'
import { handleLinkForm } from '@/lib/http/links'
import { noteOuterSpace } from '@/lib/http/outer-space'
import { keepMark } from '@/lib/http/sign-in'
import { keepTypedEmail } from '@/lib/http/typed-email'

export async function submit(previous: FormState, form: FormData): Promise<FormState> {
  return handleLinkForm('reset-password', previous, form, resetRedeemSchema, async (token, input, context) => {
    const result = await redeemPasswordReset(token, input, context.caller, context.locale)
    // The cookie stays: another tab, or a step back, is told by its dead token that the link has been used.
    if (result.ok) {
      await keepMark(result.value.mark)
      await noteOuterSpace('reset-password', input.newPassword)
      await keepTypedEmail('reset-password', input.email)
      redirect(`/${context.locale}/reset-password/done`)
    }
    if (result.code === 'weak_password') return { fieldCodes: { newPassword: result.issues } }
    if (result.code === 'link_unusable') redirect(context.pathOf())
    return refusalBy(result.code, result)
  })
}
