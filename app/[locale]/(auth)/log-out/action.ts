'use server'

import { redirect } from 'next/navigation'
import { nothingSchema } from '@/lib/accounts/input'
import { appRequestOf } from '@/lib/apps/app-request'
import { type FormState, handleForm } from '@/lib/http/form'
import { afterSignIn } from '@/lib/http/sign-in'
import { signOut } from '@/lib/http/sign-out'

export async function submit(previous: FormState, form: FormData): Promise<FormState> {
  const next = appRequestOf(previous.next)
  const state = await handleForm(form, nothingSchema, async (_input, { locale }) => {
    await signOut()
    redirect(next ? afterSignIn(locale, next) : `/${locale}/login?signed-out=here`)
  })
  return { ...state, ...(next && { next }) }
}
