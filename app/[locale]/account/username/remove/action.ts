'use server'

import { redirect } from 'next/navigation'
import { removeUsername } from '@/lib/accounts/change-username'
import { nothingSchema } from '@/lib/accounts/input'
import { requireAccount } from '@/lib/http/current-account'
import { type FormState, handleForm } from '@/lib/http/form'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { caller, locale }) => {
    const account = await requireAccount(locale)
    await removeUsername(account.id, caller)
    redirect(`/${locale}/account/username/done`)
  })
}
