'use server'

import { redirect } from 'next/navigation'
import { removeUsername as removeAccountUsername } from '@/lib/accounts/change-username'
import { nothingSchema } from '@/lib/accounts/input'
import { requireSession } from '@/lib/http/current-session'
import { type FormState, handleForm } from '@/lib/http/form'

export async function removeUsername(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { caller, locale }) => {
    const session = await requireSession(locale)
    await removeAccountUsername(session.account.id, caller)
    redirect(`/${locale}/account/username/done`)
  })
}
