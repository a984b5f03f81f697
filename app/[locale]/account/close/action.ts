'use server'

import { redirect } from 'next/navigation'
import { closeAccount as closeOwnAccount } from '@/lib/accounts/close-account'
import { closeAccountSchema } from '@/lib/accounts/input'
import { clearCookie } from '@/lib/http/cookies'
import { requireSession } from '@/lib/http/current-session'
import { type FormState, handleForm } from '@/lib/http/form'

export async function closeAccount(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, closeAccountSchema, async (input, { caller, locale }) => {
    const session = await requireSession(locale)
    const result = await closeOwnAccount(session.account.id, input, caller, locale)
    if (result.ok) {
      await clearCookie('session')
      redirect(`/${locale}/account/close/done`)
    }
    if (result.code === 'wrong_password') return { fieldCodes: { currentPassword: ['wrong'] } }
    return { formCode: result.code }
  })
}
