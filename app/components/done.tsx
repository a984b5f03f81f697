import type { ComponentProps } from 'react'
import { Actions, ButtonLink } from '@/app/components/actions'
import { Outcome } from '@/app/components/outcome'

type Props = Pick<ComponentProps<typeof Outcome>, 'title' | 'texts' | 'above'> & {
  drawing?: ComponentProps<typeof Outcome>['drawing']
  to: string
  button: string
}

/** Something has been done, and one button leads on. */
export function Done({ drawing = 'done', to, button, ...outcome }: Props) {
  return (
    <Outcome drawing={drawing} {...outcome}>
      <Actions>
        <ButtonLink to={to}>{button}</ButtonLink>
      </Actions>
    </Outcome>
  )
}
