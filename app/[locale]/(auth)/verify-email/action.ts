'use server'

import { redirect } from 'next/navigation'
import { verificationSchema } from '@/lib/accounts/input'
import { redeemVerification } from '@/lib/accounts/verification'
import { readCookie } from '@/lib/http/cookies'
import { type FormState, handleForm } from '@/lib/http/form'
import { followedLink } from '@/lib/http/links'
import { keepSignIn } from '@/lib/http/sign-in'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, verificationSchema, async ({ password }, { caller, locale }) => {
    const token = await followedLink('verify-email')
    const result = await redeemVerification(token, password, caller, await readCookie('session'))
    // The link's cookie stays: another tab, or a step back, is told by its dead token that the address is confirmed.
    if (result.ok) {
      await keepSignIn(result.value)
      redirect(`/${locale}/verify-email/done`)
    }
    if (result.code === 'link_unusable') redirect(`/${locale}/verify-email`)
    return { formCode: result.code }
  })
}
