import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Member } from '@/app/components/member'
import { Shell } from '@/app/components/shell'
import { SideList } from '@/app/components/side-list'
import { currentAccount } from '@/lib/http/current-account'
import { submit as logOut } from './log-out/action'

/** It shows who is signed in; that somebody is, each page asks for itself. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const account = await currentAccount()
  if (!account) return <Shell pane>{children}</Shell>
  const t = await getTranslations('account')
  const sections = ['profile', 'security', 'devices', 'language', 'data'] as const
  return (
    <Shell
      member={<Member firstName={account.firstName} lastName={account.lastName} logOut={logOut} />}
      side={
        !account.closesAt && (
          <SideList label={t('sections')} links={sections.map((id) => [`account#${id}`, t(id)] as const)} />
        )
      }
    >
      {children}
    </Shell>
  )
}
