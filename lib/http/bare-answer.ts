/** An answer of a route to a program: a status, headers, and nothing to be kept. */
export function bareAnswer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { 'cache-control': 'no-store', ...headers } })
}
