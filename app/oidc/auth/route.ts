import { answerByProvider } from '@/lib/http/ask-provider'
import { leadToQuery } from '@/lib/http/lead-to-query'

export { answerByProvider as GET, leadToQuery as POST }
