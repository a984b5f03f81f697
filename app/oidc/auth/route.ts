import { answerByProvider } from '@/lib/http/ask-provider'
import { keepCameFrom } from '@/lib/http/came-from'
import { leadToQuery } from '@/lib/http/lead-to-query'

export { leadToQuery as POST }

export async function GET(request: Request): Promise<Response> {
  const answer = await answerByProvider(request)
  await keepCameFrom(answer.headers.get('location'))
  return answer
}
