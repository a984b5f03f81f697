import type { Asked } from '@/lib/accounts/mail-room'

/** What tells the page after a form that its mail has no room today, and in how many hours one has; nothing when it has. */
export function roomQuery({ waitSeconds }: Asked): string {
  return waitSeconds === null ? '' : `?again=${Math.ceil(waitSeconds / 3_600)}`
}

/** In how many seconds a mail has room again, as the page was told; null when it has now. */
export async function readRoom(searchParams: Promise<Record<string, unknown>>): Promise<number | null> {
  const hours = Number((await searchParams).again)
  return Number.isInteger(hours) && hours >= 1 && hours <= 24 ? hours * 3_600 : null
}
