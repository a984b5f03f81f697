import { NotFoundNotice } from '@/app/components/not-found-notice'

export default function LocaleNotFound() {
  return <NotFoundNotice />
}
