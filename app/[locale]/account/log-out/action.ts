'use server'

import { redirect } from 'next/navigation'
import { nothingSchema } from '@/lib/accounts/input'
import { type FormState, handleForm } from '@/lib/http/form'
import { signOut } from '@/lib/http/sign-out'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, async (_input, { locale }) => {
    await signOut()
    redirect(`/${locale}/login?signed-out=here`)
  })
}
