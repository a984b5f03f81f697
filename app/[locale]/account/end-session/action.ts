'use server'

import { redirect } from 'next/navigation'
import { endSessionSchema } from '@/lib/accounts/input'
import { signOutBrowser } from '@/lib/accounts/signed-in-browsers'
import { requireSession } from '@/lib/http/current-session'
import { type FormState, handleForm } from '@/lib/http/form'

export async function endSession(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, endSessionSchema, async (input, { locale }) => {
    const session = await requireSession(locale)
    await signOutBrowser(session.account.id, input.session)
    redirect(`/${locale}/account/end-session/done`)
  })
}
