import type { ReactNode } from 'react'

/** What opens and closes under its heading; on paper it is open. */
export function Panel({
  id,
  heading,
  open = false,
  children,
}: {
  id?: string
  heading: ReactNode
  open?: boolean
  children: ReactNode
}) {
  return (
    <details
      className="rounded-lg border border-line print:border-0 print:break-inside-avoid print:details-content:[content-visibility:visible]"
      open={open}
    >
      <summary className="arrow flex min-h-14 cursor-pointer items-center justify-between gap-4 rounded-lg px-4 py-2 print:p-0 [&::-webkit-details-marker]:hidden">
        {heading}
      </summary>
      {/* Browsers open a panel for a link to something within, never for one to the panel itself. */}
      <div className="flex scroll-mt-18 flex-col gap-4 px-4 pb-4 print:p-0" id={id}>
        {children}
      </div>
    </details>
  )
}

export function Panels({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-2 print:block print:columns-2">{children}</div>
}
