'use client'

import { CrashNotice } from '@/app/components/crash-notice'

export default function PageError({ error }: { error: Error & { digest?: string } }) {
  return <CrashNotice reference={error.digest} />
}
