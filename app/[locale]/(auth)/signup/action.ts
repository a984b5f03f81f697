'use server'

import { redirect } from 'next/navigation'
import { signUpSchema } from '@/lib/accounts/input'
import { signUp as signUpAccount } from '@/lib/accounts/sign-up'
import { type FormState, handleForm } from '@/lib/http/form'

export async function signUp(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(
    form,
    signUpSchema,
    async (input, { caller, locale }) => {
      const result = await signUpAccount(input, caller, locale)
      if (result.ok) redirect(`/${locale}/signup/sent`)
      if (result.code === 'weak_password') return { fieldCodes: { password: result.issues } }
      return { formCode: result.code }
    },
    { password: 'newPassword' },
  )
}
