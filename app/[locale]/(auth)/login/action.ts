'use server'

import { redirect } from 'next/navigation'
import { logInSchema } from '@/lib/accounts/input'
import { logIn as logInAccount } from '@/lib/accounts/log-in'
import { deviceMarkSeconds } from '@/lib/accounts/policy'
import { readCookie, setCookie } from '@/lib/http/cookies'
import { type FormState, handleForm } from '@/lib/http/form'

export async function logIn(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, logInSchema, async (input, { caller, locale: pageLocale }) => {
    const locale = input.locale ?? pageLocale
    const presented = { session: await readCookie('session'), device: await readCookie('device') }
    const result = await logInAccount({ ...input, locale }, caller, presented)
    if (!result.ok) return { formCode: result.code }
    await setCookie('session', result.value.session)
    await setCookie('device', result.value.device, deviceMarkSeconds)
    redirect(`/${locale}/account`)
  })
}
