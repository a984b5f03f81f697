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
  above?: ReactNode
  /** Which form asked for it. */
  page?: SentPage
  hasReference?: boolean
  /** The form that asks for it once more. */
  again?: ReactNode
  children: ReactNode
}

/** A mail is on its way: where to and what it brings, by what support finds it, where it is in local mode, and the ways from here. */
export async function MailSent({ title, texts, above, page, hasReference = false, again, children }: Props) {
  const [first = '', ...others] = texts
  return (
    <Outcome title={title} texts={[first]} drawing="mail" above={above}>
      {page && <TypedEmail page={page} />}
      {others.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {again}
      {hasReference && <MailReference />}
      <Support reference={hasReference ? await lastMailReference() : null} />
      <LocalMailbox />
      <Ways>{children}</Ways>
    </Outcome>
  )
}
