'use server'

import { redirect } from 'next/navigation'
import { changeUsername } from '@/lib/accounts/change-username'
import { usernameSchema } from '@/lib/accounts/input'
import { requireAccount } from '@/lib/http/current-account'
import { type FormState, handleForm, refusalBy } from '@/lib/http/form'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, usernameSchema, async ({ username }, { caller, locale }) => {
    const account = await requireAccount(locale)
    const result = await changeUsername(account.id, username, caller)
    if (result.ok) redirect(`/${locale}/account/username/done`)
    if (result.code === 'taken') return { fieldCodes: { username: ['taken'] } }
    return refusalBy(result.code, result)
  })
}
