import { redirect } from 'next/navigation'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { type Refusal, refusalBy } from '@/lib/http/form'
import type { LinkContext } from '@/lib/http/links'

/** What both forms of the page do with the link that it was opened with. */
export async function redeem(
  token: string | null,
  { caller, locale, pathOf }: LinkContext,
  password: string | null = null,
): Promise<Refusal> {
  const result = await redeemNotMe(token, caller, locale, password)
  // The cookie stays, as that of a reset link does.
  if (result.ok && result.value === 'blocked') redirect(pathOf('/blocked'))
  if (result.ok) redirect(`/${locale}/not-me/${result.value === 'lifted' ? 'lifted' : 'done'}`)
  if (result.code === 'link_unusable' || result.code === 'address_taken') redirect(pathOf())
  return refusalBy(result.code === 'wrong_password' ? 'wrong_former_password' : result.code, result)
}
