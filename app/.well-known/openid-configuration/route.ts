import { askProvider } from '@/lib/apps/bridge'

export { askProvider as GET }
