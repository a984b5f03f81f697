import { appUrlOf, isDeployed } from '@/lib/app-url'

/** The origin of this service, as configured. */
export function appOrigin(): string {
  return new URL(appUrlOf()).origin
}

/** Whether the service is local and has no provider, so that a page of it shows all mails. */
export function mailsLieOpen(): boolean {
  return !isDeployed(appUrlOf()) && !process.env.RESEND_API_KEY?.trim()
}

/** Exactly our origin; without one, a browser's word that it is the same; else no (ASVS 5.0 §3.5.1, §3.5.3). */
export function comesFromOrigin(sent: Headers, origin: string): boolean {
  const claimed = sent.get('origin')
  return claimed === null ? sent.get('sec-fetch-site') === 'same-origin' : claimed === origin
}
