'use server'

import { redirect } from 'next/navigation'
import { nothingSchema } from '@/lib/accounts/input'
import { redeemVerification } from '@/lib/accounts/verification'
import { readCookie } from '@/lib/http/cookies'
import { type FormState, handleForm } from '@/lib/http/form'

export async function verifyEmail(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { caller, locale }) => {
    const result = await redeemVerification(await readCookie('verify'), caller)
    // The cookie stays: another tab, or a step back, is told by its dead token that the address is confirmed.
    redirect(`/${locale}/verify-email${result.ok ? '/done' : ''}`)
  })
}
