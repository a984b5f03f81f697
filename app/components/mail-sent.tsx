import type { ReactNode } from 'react'
import { LocalMailbox } from '@/app/components/local-mailbox'
import { MailReference } from '@/app/components/mail-reference'
import { Outcome } from '@/app/components/outcome'
import { Ways } from '@/app/components/ways'

type Props = { title: string; texts: string[]; hasReference?: boolean; children: ReactNode }

/** A mail is on its way: what it brings, by what support finds it, where it is in local mode, and the ways from here. */
export function MailSent({ title, texts, hasReference = false, children }: Props) {
  return (
    <Outcome title={title} texts={texts}>
      {hasReference && <MailReference />}
      <LocalMailbox />
      <Ways>{children}</Ways>
    </Outcome>
  )
}
