'use server'

import { redirect } from 'next/navigation'
import { signUpSchema } from '@/lib/accounts/input'
import { signUp } from '@/lib/accounts/sign-up'
import { type FormState, handleForm } from '@/lib/http/form'
import { keepMailReference } from '@/lib/http/mail-reference'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(
    form,
    signUpSchema,
    async (input, { caller, locale }) => {
      const result = await signUp(input, caller, locale)
      if (result.ok) {
        await keepMailReference(result.value)
        redirect(`/${locale}/signup/sent`)
      }
      if (result.code === 'weak_password') return { fieldCodes: { password: result.issues } }
      return { formCode: result.code }
    },
    { password: 'newPassword' },
  )
}
