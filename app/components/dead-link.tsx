import type { ReactNode } from 'react'
import { Actions } from '@/app/components/actions'
import { HelpWay } from '@/app/components/help-way'
import { Outcome } from '@/app/components/outcome'
import { Ways } from '@/app/components/ways'

type Props = { title: string; texts: string[]; help?: boolean; children: ReactNode }

/** The page of a mailed link that no longer serves: why, what to do instead, and the guide where it helps. */
export function DeadLink({ title, texts, help = false, children }: Props) {
  return (
    <Outcome title={title} texts={texts}>
      <Actions>{children}</Actions>
      {help && (
        <Ways>
          <HelpWay />
        </Ways>
      )}
    </Outcome>
  )
}
