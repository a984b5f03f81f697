import { canonicalEmail } from '@/lib/accounts/canonical'
import { readCookie, setCookie } from '@/lib/http/cookies'
import { shownEmail } from '@/lib/shown-email'

/** The pages whose form a mail goes out for, to the e-mail typed into it. */
export type SentPage = 'forgot-password' | 'signup' | 'signup/resend' | 'account/change-email'

const lifetimeSeconds = 600

/** Keeps in this browser the e-mail that was typed into a form, for the page that follows it. The same whoever has it. Only in actions. */
export async function keepTypedEmail(
  page: SentPage | 'reset-password',
  { address }: { address: string },
): Promise<void> {
  await setCookie('sent-to', `${page} ${address}`, lifetimeSeconds)
}

/** The e-mail that was typed into the form before this page, as people write it; null ten minutes later, or when another form was sent since. */
export async function typedEmail(page: SentPage | 'reset-password'): Promise<string | null> {
  const [of, kept = ''] = (await readCookie('sent-to'))?.split(' ') ?? []
  const email = of === page ? canonicalEmail(kept) : null
  return email && shownEmail(email.address)
}
