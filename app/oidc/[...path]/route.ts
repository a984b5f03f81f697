import { askProvider } from '@/lib/apps/bridge'

export { askProvider as GET, askProvider as OPTIONS, askProvider as POST }
