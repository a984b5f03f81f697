'use server'

import { redirect } from 'next/navigation'
import { nothingSchema } from '@/lib/accounts/input'
import { logOut } from '@/lib/accounts/log-out'
import { appRequestOf } from '@/lib/apps/app-request'
import { clearCookie, readCookie } from '@/lib/http/cookies'
import { type FormState, handleForm } from '@/lib/http/form'
import { afterSignIn } from '@/lib/http/sign-in'

export async function submit(previous: FormState, form: FormData): Promise<FormState> {
  const next = appRequestOf(previous.next)
  const state = await handleForm(form, nothingSchema, async (_input, { locale }) => {
    const token = await readCookie('session')
    if (token !== null) await logOut(token)
    await clearCookie('session')
    redirect(next ? afterSignIn(locale, next) : `/${locale}/login?signed-out=here`)
  })
  return { ...state, ...(next && { next }) }
}
