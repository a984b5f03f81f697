'use server'

import { verificationSchema } from '@/lib/accounts/input'
import { type FormState, handleForm } from '@/lib/http/form'
import { redeem } from '../redeem'

/** The password: takes the account back, or ends its block. */
export async function submit(_previous: FormState, form: FormData): Promise<FormState> {
  return handleForm(form, verificationSchema, ({ password }, context) => redeem(context, password))
}
