'use server'

import { redirect } from 'next/navigation'
import { logInSchema } from '@/lib/accounts/input'
import { logIn } from '@/lib/accounts/log-in'
import { keepsCookies, readCookie } from '@/lib/http/cookies'
import { type FormState, handleForm, refusalBy } from '@/lib/http/form'
import { afterSignIn, keepSignIn, returnPageOf } from '@/lib/http/sign-in'

export async function submit(previous: FormState, form: FormData): Promise<FormState> {
  const next = returnPageOf(previous.next)
  const state = await handleForm(form, logInSchema, async (input, { caller, locale: pageLocale }) => {
    // Before the password is looked at: no session is begun that nobody would hold.
    if (form.has('cookies') && !(await keepsCookies())) return { formCode: 'cookies_refused' }
    const locale = input.locale ?? pageLocale
    const presented = { session: await readCookie('session'), mark: await readCookie('device') }
    const result = await logIn({ ...input, locale }, caller, presented)
    if (!result.ok) return refusalBy(result.code, result)
    await keepSignIn(result.value)
    redirect(afterSignIn(locale, next))
  })
  return { ...state, ...(next && { next }) }
}
