import type { ReactNode } from 'react'
import { Actions } from '@/app/components/actions'
import { Outcome } from '@/app/components/outcome'
import { Support } from '@/app/components/support'

type Props = { title: string; texts: string[]; children: ReactNode }

/** The page of a mailed link that no longer serves: why, and what to do instead. */
export function DeadLink({ title, texts, children }: Props) {
  return (
    <Outcome title={title} texts={texts}>
      <Actions>{children}</Actions>
      <Support />
    </Outcome>
  )
}
