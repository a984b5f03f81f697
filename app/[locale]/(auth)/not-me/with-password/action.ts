'use server'

import { verificationSchema } from '@/lib/accounts/input'
import type { FormState } from '@/lib/http/form'
import { handleLinkForm } from '@/lib/http/links'
import { redeem } from '../redeem'

/** The password: takes the account back, or ends its block. */
export async function submit(previous: FormState, form: FormData): Promise<FormState> {
  return handleLinkForm('not-me', previous, form, verificationSchema, (token, { password }, context) =>
    redeem(token, context, password),
  )
}
