'use server'

import { redirect } from 'next/navigation'
import { changeLanguage as changeAccountLanguage } from '@/lib/accounts/change-language'
import { localeSchema } from '@/lib/accounts/input'
import { requireSession } from '@/lib/http/current-session'
import { type FormState, handleForm } from '@/lib/http/form'

export async function changeLanguage(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, localeSchema, async (input, { locale }) => {
    const session = await requireSession(locale)
    await changeAccountLanguage(session.account.id, input.locale)
    redirect(`/${input.locale}/account`)
  })
}
