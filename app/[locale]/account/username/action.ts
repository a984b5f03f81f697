'use server'

import { redirect } from 'next/navigation'
import { changeUsername as changeAccountUsername } from '@/lib/accounts/change-username'
import { usernameSchema } from '@/lib/accounts/input'
import { requireSession } from '@/lib/http/current-session'
import { type FormState, handleForm } from '@/lib/http/form'

export async function changeUsername(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, usernameSchema, async ({ username }, { caller, locale }) => {
    const session = await requireSession(locale)
    const result = await changeAccountUsername(session.account.id, username, caller)
    if (result.ok) redirect(`/${locale}/account/username/done`)
    if (result.code === 'taken') return { fieldCodes: { username: ['taken'] } }
    return { formCode: result.code }
  })
}
