/** What the platforms that run functions set by themselves: Vercel, AWS Lambda and those on it, Cloud Run, Azure. */
const marks = ['VERCEL', 'AWS_LAMBDA_FUNCTION_NAME', 'K_SERVICE', 'FUNCTIONS_WORKER_RUNTIME']

/**
 * Whether this is a function, which its platform may freeze or end as soon as it has answered: it has no timers, no
 * disk that lasts, and few connections, because there may be any number of it. Otherwise it is a process that lives on.
 */
export function isFunction(variables: Record<string, string | undefined> = process.env): boolean {
  return marks.some((mark) => variables[mark])
}
