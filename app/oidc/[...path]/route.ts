import { answerByProvider } from '@/lib/http/ask-provider'

export { answerByProvider as GET, answerByProvider as POST }
