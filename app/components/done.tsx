import type { ComponentProps } from 'react'
import { Actions, ButtonLink } from '@/app/components/actions'
import { buttonLook } from '@/app/components/button-look'
import { Outcome } from '@/app/components/outcome'

type Props = Pick<ComponentProps<typeof Outcome>, 'title' | 'texts' | 'above'> & {
  drawing?: ComponentProps<typeof Outcome>['drawing']
  to: string
  button: string
  /** An application to go back to first. */
  back?: { words: string; href: string } | null
}

/** Something has been done, and one button leads on, or two where an application waits. */
export function Done({ drawing = 'done', to, button, back, ...outcome }: Props) {
  return (
    <Outcome drawing={drawing} {...outcome}>
      <Actions>
        {back && (
          <a className={buttonLook()} href={back.href}>
            {back.words}
          </a>
        )}
        <ButtonLink look={back ? 'quiet' : 'primary'} to={to}>
          {button}
        </ButtonLink>
      </Actions>
    </Outcome>
  )
}
