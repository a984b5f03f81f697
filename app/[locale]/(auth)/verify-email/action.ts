'use server'

import { redirect } from 'next/navigation'
import { verificationSchema } from '@/lib/accounts/input'
import { redeemVerification } from '@/lib/accounts/verification'
import { readCookie } from '@/lib/http/cookies'
import { type FormState, refusalBy } from '@/lib/http/form'
import { handleLinkForm } from '@/lib/http/links'
import { keepSignIn } from '@/lib/http/sign-in'

export async function submit(previous: FormState, form: FormData): Promise<FormState> {
  return handleLinkForm('verify-email', previous, form, verificationSchema, async (token, { password }, context) => {
    const result = await redeemVerification(token, password, context.caller, await readCookie('session'))
    // The link's cookie stays: another tab, or a step back, is told by its dead token that the address is confirmed.
    if (result.ok) {
      await keepSignIn(result.value)
      redirect(`/${context.locale}/verify-email/done`)
    }
    if (result.code === 'link_unusable') redirect(context.pathOf())
    return refusalBy(result.code, result)
  })
}
