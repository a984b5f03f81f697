'use server'

import { redirect } from 'next/navigation'
import { endSessionSchema } from '@/lib/accounts/input'
import { logOutSession } from '@/lib/accounts/log-out'
import { requireAccount } from '@/lib/http/current-account'
import { type FormState, handleForm } from '@/lib/http/form'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, endSessionSchema, async (input, { locale }) => {
    const account = await requireAccount(locale)
    await logOutSession(account.id, input.session)
    redirect(`/${locale}/account/end-session/done`)
  })
}
