/** What decides where people use the service. */
type Source = { [Name in 'APP_URL' | 'PORT' | 'VERCEL_ENV' | 'VERCEL_BRANCH_URL' | 'VERCEL_URL']?: string | undefined }

/** Read by name, for a platform may hand over only what it sees named. */
const here = (): Source => ({
  APP_URL: process.env.APP_URL,
  PORT: process.env.PORT,
  VERCEL_ENV: process.env.VERCEL_ENV,
  VERCEL_BRANCH_URL: process.env.VERCEL_BRANCH_URL,
  VERCEL_URL: process.env.VERCEL_URL,
})

/** The origin as configured, not judged: the given one, else that of a preview at Vercel, else this machine's. */
export function appUrlOf(source: Source = here()): string {
  const given = source.APP_URL?.trim()
  if (given) return given
  const preview = source.VERCEL_BRANCH_URL?.trim() || source.VERCEL_URL?.trim()
  if (source.VERCEL_ENV === 'preview' && preview) return `https://${preview}`
  const port = source.PORT?.trim() ?? ''
  return `http://localhost:${/^[1-9]\d{0,4}$/.test(port) && Number(port) < 65_536 ? port : '3000'}`
}

/** Whether an origin is one of a deployed service; whatever is not http on purpose is judged as one. */
export function isDeployed(appUrl: string): boolean {
  return !/^http:/i.test(appUrl)
}
