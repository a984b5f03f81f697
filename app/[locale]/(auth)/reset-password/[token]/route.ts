import { keepLink } from '@/lib/http/links'

export const GET = keepLink('reset-password')
