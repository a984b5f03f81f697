import type { Service } from '@/tests/support/app/service'
import { joinRaw, submitSignedIn } from '@/tests/support/http/raw-walks'
import { sweep, sweptMailTo } from '@/tests/support/mail/swept-mail'
import type { Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

/** Opens an account and asks for it to be closed. */
export async function closeRaw(service: Service): Promise<Person> {
  const person = await joinRaw(service)
  await submitSignedIn(service, person, 'close', {}, 'done')
  await sweptMailTo(service, person.email, 2)
  return person
}

/** Opens an account, closes it, and lets the days pass in which it could be kept. */
export async function eraseRaw(service: Service): Promise<Person> {
  const person = await closeRaw(service)
  await passDays(service, person)
  return person
}

/** As if the days in which somebody can keep the account had passed, and the sweep had come. */
export async function passDays(service: Service, { email }: Person): Promise<void> {
  await query(
    service.databaseUrl,
    `UPDATE "Account" SET "closesAt" = now() WHERE "email" = '${email}' AND "closesAt" IS NOT NULL`,
  )
  await sweep(service)
}
