import { windowTitle } from '@/lib/words/window-title'

/** Names the window of a page that is not about a form; forms name theirs, for the name tells of a failure. */
export async function WindowTitle({ children }: { children: string }) {
  return <title>{await windowTitle(children)}</title>
}
