'use server'

import { redirect } from 'next/navigation'
import { nothingSchema } from '@/lib/accounts/input'
import { redeemNotMe as redeemAccountNotMe } from '@/lib/accounts/not-me'
import { readCookie } from '@/lib/http/cookies'
import { type FormState, handleForm } from '@/lib/http/form'

export async function redeemNotMe(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { caller, locale }) => {
    const result = await redeemAccountNotMe(await readCookie('not-me'), caller, locale)
    // The cookie stays, as that of a reset link does.
    if (result.ok) redirect(`/${locale}/not-me/done`)
    if (result.code === 'link_unusable') redirect(`/${locale}/not-me`)
    return { formCode: result.code }
  })
}
