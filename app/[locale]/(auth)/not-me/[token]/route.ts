import { keepLink } from '@/lib/http/links'

export const GET = keepLink('not-me')
