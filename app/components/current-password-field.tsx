import type { ComponentProps } from 'react'
import { PasswordField } from '@/app/components/password-field'

type Props = Pick<ComponentProps<typeof PasswordField>, 'field' | 'words'> & { enterKeyHint?: 'next' | 'go' }

/** A password that exists already. */
export function CurrentPasswordField({ enterKeyHint = 'go', ...password }: Props) {
  return <PasswordField {...password} autoComplete="current-password" enterKeyHint={enterKeyHint} />
}
