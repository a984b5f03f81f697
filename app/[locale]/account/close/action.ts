'use server'

import { redirect } from 'next/navigation'
import { closeAccount } from '@/lib/accounts/close-account'
import { closeAccountSchema } from '@/lib/accounts/input'
import { clearCookie } from '@/lib/http/cookies'
import { requireAccount } from '@/lib/http/current-account'
import { type FormState, handleForm, refusalBy } from '@/lib/http/form'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, closeAccountSchema, async (input, { caller, locale }) => {
    const account = await requireAccount(locale)
    const result = await closeAccount(account.id, input, caller, locale)
    if (result.ok) {
      await clearCookie('session')
      redirect(`/${locale}/account/close/done`)
    }
    // The cookie stays, so that the sign-in page says what happened.
    if (result.code === 'session_ended') redirect(`/${locale}/login`)
    if (result.code === 'wrong_password') return { fieldCodes: { currentPassword: ['wrong'] } }
    return refusalBy(result.code, result)
  })
}
