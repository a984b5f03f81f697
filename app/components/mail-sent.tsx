import type { ReactNode } from 'react'
import { LocalMailbox } from '@/app/components/local-mailbox'
import { MailReference } from '@/app/components/mail-reference'
import { Outcome } from '@/app/components/outcome'
import { Support } from '@/app/components/support'
import { TypedEmail } from '@/app/components/typed-email'
import { Ways } from '@/app/components/ways'
import { lastMailReference } from '@/lib/http/mail-reference'
import type { SentPage } from '@/lib/http/typed-email'

type Props = {
  title: string
  texts: string[]
  /** Which form asked for it. */
  page?: SentPage
  hasReference?: boolean
  children: ReactNode
}

/** A mail is on its way: what it brings, by what support finds it, where it is in local mode, and the ways from here. */
export async function MailSent({ title, texts, page, hasReference = false, children }: Props) {
  return (
    <Outcome title={title} texts={texts}>
      {page && <TypedEmail page={page} />}
      {hasReference && <MailReference />}
      <Support reference={hasReference ? await lastMailReference() : null} />
      <LocalMailbox />
      <Ways>{children}</Ways>
    </Outcome>
  )
}
