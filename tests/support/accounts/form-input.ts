import type { z } from 'zod'
import { newPassword } from '@/tests/support/person'

/** A value for each field there is, which every form takes. */
export const goodInput: Record<string, unknown> = {
  email: 'mike@example.org',
  newEmail: 'mike.new@example.org',
  firstName: 'Éloïse',
  lastName: 'D’Arc',
  country: 'BE',
  organizationType: 'association',
  password: 'Tr0ub4dor&3',
  identifier: 'mike@example.org',
  newPassword,
  currentPassword: 'Tr0ub4dor&3',
  locale: 'fr',
  username: 'camille',
  session: '0b7cb1d2-6a1e-4f0e-9a34-0d7f1f8f2a11',
}

/** What a form finds wrong with what is submitted, field by field. */
export function codesOf(schema: z.ZodObject, submitted: unknown): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const { path, message } of schema.safeParse(submitted).error?.issues ?? []) {
    const field = String(path[0])
    found[field] = [...(found[field] ?? []), message]
  }
  return found
}
