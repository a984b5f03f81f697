'use server'

import { redirect } from 'next/navigation'
import { logInSchema } from '@/lib/accounts/input'
import { logIn as logInAccount } from '@/lib/accounts/log-in'
import { readCookie, setCookie } from '@/lib/http/cookies'
import { type FormState, handleForm } from '@/lib/http/form'

export async function logIn(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, logInSchema, async (input, { caller, locale: pageLocale }) => {
    const locale = input.locale ?? pageLocale
    const result = await logInAccount({ ...input, locale }, caller, await readCookie('session'))
    if (!result.ok) return { formCode: result.code }
    await setCookie('session', result.value)
    redirect(`/${locale}/account`)
  })
}
