import type { ReactNode } from 'react'

/** Mails, one under the other. */
export function MailRows({ children }: { children: ReactNode }) {
  return <ol className="divide-y divide-line rounded-lg border border-line">{children}</ol>
}

type Props = { subject: string; facts: ReactNode; open: boolean; children: ReactNode }

/** One of them, closed to a row. */
export function MailRow({ subject, facts, open, children }: Props) {
  return (
    <details open={open}>
      <summary className="flex min-h-14 cursor-pointer flex-col justify-center rounded-lg px-4 py-2">
        <strong>{subject}</strong>
        <span className="flex flex-wrap gap-x-3 text-sm text-soft">{facts}</span>
      </summary>
      <div className="flex flex-col gap-2 px-4 pb-4">{children}</div>
    </details>
  )
}

/** The text of a mail: each of its lines runs the way it is written. */
export function MailText({ children }: { children: ReactNode }) {
  return <p className="whitespace-pre-wrap [unicode-bidi:plaintext] [&_a]:break-all">{children}</p>
}
