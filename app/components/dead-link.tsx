import type { ReactNode } from 'react'
import { Actions } from '@/app/components/actions'
import { Outcome } from '@/app/components/outcome'
import { Support } from '@/app/components/support'

type Props = { title: string; texts: string[]; isDone?: boolean; children: ReactNode }

/** The page of a mailed link that no longer serves: why, and what to do instead. `isDone`: what it was for has come true. */
export function DeadLink({ title, texts, isDone = false, children }: Props) {
  return (
    <Outcome title={title} texts={texts} drawing={isDone ? 'done' : 'broken'}>
      {children && <Actions>{children}</Actions>}
      <Support />
    </Outcome>
  )
}
