'use server'

import { redirect } from 'next/navigation'
import { keepAccount as keepOwnAccount } from '@/lib/accounts/close-account'
import { nothingSchema } from '@/lib/accounts/input'
import { requireSession } from '@/lib/http/current-session'
import { type FormState, handleForm } from '@/lib/http/form'

export async function keepAccount(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { caller, locale }) => {
    const session = await requireSession(locale)
    await keepOwnAccount(session.account.id, caller)
    redirect(`/${locale}/account/keep/done`)
  })
}
