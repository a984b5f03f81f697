import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Member } from '@/app/components/member'
import { Shell } from '@/app/components/shell'
import { SideList } from '@/app/components/side-list'
import { currentAccount } from '@/lib/http/current-account'
import { submit as logOut } from './log-out/action'

const sections = ['profile', 'security', 'devices', 'language', 'data'] as const

type Props = {
  /** The section that the page belongs to; none where it shows them all. */
  at?: (typeof sections)[number]
  children: ReactNode
}

/**
 * Around each page of an account: who is signed in, and the sections. That somebody is, each page asks for itself. No layout,
 * for its scripts would be sent apart from those of the page, which are the same.
 */
export async function AccountFrame({ at, children }: Props) {
  const account = await currentAccount()
  if (!account) return <Shell pane>{children}</Shell>
  const t = await getTranslations('account')
  return (
    <Shell
      member={<Member firstName={account.firstName} lastName={account.lastName} logOut={logOut} />}
      side={
        !account.closesAt && (
          <SideList
            label={t('sections')}
            links={sections.map((id) => ({ to: `account#${id}`, text: t(id), isCurrent: id === at }))}
          />
        )
      }
    >
      {children}
    </Shell>
  )
}
