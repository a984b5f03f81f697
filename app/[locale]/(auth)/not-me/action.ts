'use server'

import { nothingSchema } from '@/lib/accounts/input'
import type { FormState } from '@/lib/http/form'
import { handleLinkForm } from '@/lib/http/links'
import { redeem } from './redeem'

/** The button: takes the account back, or blocks it where that needs a password. */
export async function submit(previous: FormState, form: FormData): Promise<FormState> {
  return handleLinkForm('not-me', previous, form, nothingSchema, (token, _input, context) => redeem(token, context))
}
