import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const securityHeaders = [
  // Browsers heed it on https alone.
  { key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains; preload' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value:
      'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  },
]

/** What is served as it lies, without a say of the middleware. */
const files = '_next/static|icon.svg|help/.*\\.webp'
const filePolicy = "default-src 'none'; frame-ancestors 'none'"

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  typescript: { ignoreBuildErrors: true },
  experimental: { serverActions: { bodySizeLimit: '16kb' } },
  serverExternalPackages: [
    '@electric-sql/pglite',
    '@node-rs/argon2',
    'pg',
    'pglite-prisma-adapter',
    '@prisma/adapter-pg',
    'react-email',
  ],
  headers: async () => [
    // A mail in the local mailbox is sandboxed, and a sandboxed page with an opener policy is an error.
    { source: '/((?!dev/mailbox/).*)', headers: [{ key: 'Cross-Origin-Opener-Policy', value: 'same-origin' }] },
    { source: '/:path*', headers: securityHeaders },
    { source: `/((?!${files}).*)`, headers: [{ key: 'Cache-Control', value: 'no-store' }] },
    // Pages get a policy of their own from the middleware, which does not run for files.
    { source: `/((?:${files}).*)`, headers: [{ key: 'Content-Security-Policy', value: filePolicy }] },
    {
      source: '/:locale/(reset-password|verify-email|new-email|not-me)/:rest*',
      headers: [{ key: 'X-Robots-Tag', value: 'noindex, nofollow' }],
    },
  ],
}

export default createNextIntlPlugin('./lib/i18n/request.ts')(config)
