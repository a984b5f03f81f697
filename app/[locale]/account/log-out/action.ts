'use server'

import { redirect } from 'next/navigation'
import { nothingSchema } from '@/lib/accounts/input'
import { logOut } from '@/lib/accounts/log-out'
import { clearCookie, readCookie } from '@/lib/http/cookies'
import { type FormState, handleForm } from '@/lib/http/form'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { locale }) => {
    const token = await readCookie('session')
    if (token !== null) await logOut(token)
    await clearCookie('session')
    redirect(`/${locale}/login?signed-out=here`)
  })
}
