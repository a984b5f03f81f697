'use server'

import { redirect } from 'next/navigation'
import { changeLanguage } from '@/lib/accounts/change-language'
import { localeSchema } from '@/lib/accounts/input'
import { requireAccount } from '@/lib/http/current-account'
import { type FormState, handleForm } from '@/lib/http/form'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, localeSchema, async (input, { locale }) => {
    const account = await requireAccount(locale)
    await changeLanguage(account.id, input.locale)
    redirect(`/${input.locale}/account`)
  })
}
