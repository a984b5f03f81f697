'use server'

import { redirect } from 'next/navigation'
import { nothingSchema } from '@/lib/accounts/input'
import { logOutEverywhere as logOutAccountEverywhere } from '@/lib/accounts/log-out'
import { clearCookie } from '@/lib/http/cookies'
import { currentSession } from '@/lib/http/current-session'
import { type FormState, handleForm } from '@/lib/http/form'

export async function logOutEverywhere(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { locale }) => {
    const session = await currentSession()
    if (session) await logOutAccountEverywhere(session.account.id)
    await clearCookie('session')
    redirect(`/${locale}/login`)
  })
}
