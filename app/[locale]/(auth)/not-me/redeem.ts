import { redirect } from 'next/navigation'
import { redeemNotMe } from '@/lib/accounts/not-me'
import type { FormContext, Refusal } from '@/lib/http/form'
import { followedLink } from '@/lib/http/links'

const outcomes = { restored: 'done', blocked: 'blocked', lifted: 'lifted' } as const

/** What both forms of the page do with the link that this browser followed. */
export async function redeem({ caller, locale }: FormContext, password: string | null = null): Promise<Refusal> {
  const result = await redeemNotMe(await followedLink('not-me'), caller, locale, password)
  // The cookie stays, as that of a reset link does.
  if (result.ok) redirect(`/${locale}/not-me/${outcomes[result.value]}`)
  if (result.code === 'link_unusable' || result.code === 'address_taken') redirect(`/${locale}/not-me`)
  return { formCode: result.code === 'wrong_password' ? 'wrong_former_password' : result.code }
}
