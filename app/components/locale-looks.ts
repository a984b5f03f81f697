const list =
  'inset-auto top-15 max-h-[max(11rem,100dvh-4.5rem)] min-w-44 overflow-auto rounded-lg border border-line bg-card py-2 text-ink supports-[selector(:popover-open)]:absolute sm:top-20'

/** What the list of languages is on a line with: the end of a sheet, of a page, or of a sheet beside the pane. */
const ends = {
  sheet: 'end-[max(1.25rem,50vw-17.75rem)]',
  page: 'end-[max(1.25rem,50vw-30.75rem)]',
  pane: 'end-[max(1.25rem,50vw-17.75rem)] lg:end-[max(1.25rem,50vw-30.875rem)]',
} as const

/** How the languages look, there; `brief` where a telephone has no room for the name of the current one. */
export function localeLooks(at: keyof typeof ends, brief: boolean) {
  return { name: brief ? 'max-sm:sr-only' : '', list: `${list} ${ends[at]}` }
}
