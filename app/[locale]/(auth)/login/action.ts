'use server'

import { redirect } from 'next/navigation'
import { logInSchema } from '@/lib/accounts/input'
import { logIn } from '@/lib/accounts/log-in'
import { readCookie } from '@/lib/http/cookies'
import { type FormState, handleForm } from '@/lib/http/form'
import { keepSignIn } from '@/lib/http/sign-in'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, logInSchema, async (input, { caller, locale: pageLocale }) => {
    const locale = input.locale ?? pageLocale
    const presented = { session: await readCookie('session'), mark: await readCookie('device') }
    const result = await logIn({ ...input, locale }, caller, presented)
    if (!result.ok) return { formCode: result.code }
    await keepSignIn(result.value)
    redirect(`/${locale}/account`)
  })
}
