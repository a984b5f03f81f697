'use server'

import { redirect } from 'next/navigation'
import { redeemNewEmail as redeemAccountEmail } from '@/lib/accounts/change-email'
import { nothingSchema } from '@/lib/accounts/input'
import { readCookie } from '@/lib/http/cookies'
import { type FormState, handleForm } from '@/lib/http/form'

export async function redeemNewEmail(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { caller, locale }) => {
    const result = await redeemAccountEmail(await readCookie('new-email'), caller, locale)
    // The cookie stays, as that of a reset link does.
    if (result.ok) redirect(`/${locale}/new-email/done`)
    if (result.code === 'link_unusable') redirect(`/${locale}/new-email`)
    return { formCode: result.code }
  })
}
