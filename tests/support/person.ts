import { randomBytes } from 'node:crypto'

export type Person = {
  email: string
  firstName: string
  lastName: string
  country: string
  organizationType: string
  password: string
}

/** What people choose when they change their password. */
export const newPassword = 'Un-n0uveau secret'

/** Somebody nobody else in the run is. */
export function newPerson(changes: Partial<Person> = {}): Person {
  const id = randomBytes(6).toString('hex')
  return {
    email: `${id}@example.org`,
    firstName: 'Éloïse',
    lastName: 'D’Arc',
    country: 'BE',
    organizationType: 'association',
    password: `Tr0ub4dor&${randomBytes(4).toString('hex')}`,
    ...changes,
  }
}
