'use server'

import { nothingSchema } from '@/lib/accounts/input'
import { type FormState, handleForm } from '@/lib/http/form'
import { redeem } from './redeem'

/** The button: takes the account back, or blocks it where that needs a password. */
export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, nothingSchema, (_input, context) => redeem(context))
}
