'use server'

import { redirect } from 'next/navigation'
import { signUpSchema } from '@/lib/accounts/input'
import { signUp } from '@/lib/accounts/sign-up'
import { keepAsked } from '@/lib/http/asked'
import { type FormState, handleForm, refusalBy } from '@/lib/http/form'
import { keepMailReference } from '@/lib/http/mail-reference'
import { roomQuery } from '@/lib/http/mail-room'
import { noteOuterSpace } from '@/lib/http/outer-space'
import { keepMark } from '@/lib/http/sign-in'
import { keepTypedEmail } from '@/lib/http/typed-email'

export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(
    form,
    signUpSchema,
    async (input, { caller, locale }) => {
      const result = await signUp(input, caller, locale)
      if (result.ok) {
        await keepMailReference(result.value.mail)
        await keepMark(result.value.mark)
        await keepTypedEmail('signup', input.email)
        await noteOuterSpace('signup', input.password)
        await keepAsked('signup/resend', { email: input.email })
        redirect(`/${locale}/signup/sent${roomQuery(result.value)}`)
      }
      if (result.code === 'weak_password') return { fieldCodes: { password: result.issues } }
      return refusalBy(result.code, result)
    },
    { password: 'newPassword' },
  )
}
