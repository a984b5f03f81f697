'use server'

import { redirect } from 'next/navigation'
import { nothingSchema } from '@/lib/accounts/input'
import { redeemVerification } from '@/lib/accounts/verification'
import { clearCookie, readCookie } from '@/lib/http/cookies'
import { type FormState, handleForm } from '@/lib/http/form'

export async function verifyEmail(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { caller, locale }) => {
    const result = await redeemVerification(await readCookie('verify'), caller)
    if (!result.ok) redirect(`/${locale}/verify-email`)
    await clearCookie('verify')
    redirect(`/${locale}/verify-email/done`)
  })
}
