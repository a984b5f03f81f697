'use server'

import { redirect } from 'next/navigation'
import { keepAccount } from '@/lib/accounts/close-account'
import { nothingSchema } from '@/lib/accounts/input'
import { requireAccount } from '@/lib/http/current-account'
import { type FormState, handleForm } from '@/lib/http/form'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { caller, locale }) => {
    const account = await requireAccount(locale)
    await keepAccount(account.id, caller)
    redirect(`/${locale}/account/keep/done`)
  })
}
