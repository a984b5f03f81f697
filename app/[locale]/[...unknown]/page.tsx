import { notFound } from 'next/navigation'

/** Lets an unknown path under a language be answered in that language. */
export default function UnknownPage(): never {
  notFound()
}
