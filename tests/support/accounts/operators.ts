import type { Operator } from '@/lib/audit'

/** Who acts in the tests. */
export const operator: Operator = { name: 'Robin', reason: 'SUP-471' }
