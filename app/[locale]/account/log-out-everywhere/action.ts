'use server'

import { redirect } from 'next/navigation'
import { nothingSchema } from '@/lib/accounts/input'
import { logOutEverywhere } from '@/lib/accounts/log-out'
import { clearCookie } from '@/lib/http/cookies'
import { currentAccount } from '@/lib/http/current-account'
import { type FormState, handleForm } from '@/lib/http/form'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { locale }) => {
    const account = await currentAccount()
    if (account) await logOutEverywhere(account.id)
    await clearCookie('session')
    redirect(`/${locale}/login?signed-out=everywhere`)
  })
}
