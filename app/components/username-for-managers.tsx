/** Tells password managers under which e-mail a password is kept, in a form that does not ask for the e-mail. */
export function UsernameForManagers({ email }: { email: string }) {
  return <input id="username" type="text" autoComplete="username" defaultValue={email} hidden readOnly />
}
