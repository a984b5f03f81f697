/** What says how to use a page, and is of no use on paper. */
export function ScreenOnly({ children }: { children: string }) {
  return <p className="print:hidden">{children}</p>
}
