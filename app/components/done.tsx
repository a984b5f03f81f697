import { Actions, ButtonLink } from '@/app/components/actions'
import { Outcome } from '@/app/components/outcome'

type Props = { title: string; texts: string[]; to: string; button: string }

/** Something has been done, and one button leads on. */
export function Done({ title, texts, to, button }: Props) {
  return (
    <Outcome title={title} texts={texts}>
      <Actions>
        <ButtonLink to={to}>{button}</ButtonLink>
      </Actions>
    </Outcome>
  )
}
