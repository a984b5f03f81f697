import { askProvider } from '@/lib/apps/bridge'
import { leadToQuery } from '@/lib/apps/posted'

export { askProvider as GET, leadToQuery as POST }
