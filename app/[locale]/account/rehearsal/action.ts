'use server'

import { redirect } from 'next/navigation'
import { resetRequestSchema } from '@/lib/accounts/input'
import { rehearseReset } from '@/lib/accounts/rehearse-reset'
import { requireAccount } from '@/lib/http/current-account'
import { type FormState, handleForm, refusalBy } from '@/lib/http/form'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, resetRequestSchema, async (claim, { caller, locale }) => {
    const account = await requireAccount(locale)
    const result = await rehearseReset(account.id, claim, caller)
    if (!result.ok) return refusalBy(result.code, result)
    redirect(`/${locale}/account/rehearsal/${result.value}`)
  })
}
