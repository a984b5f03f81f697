import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'
import { securityHeaders } from './lib/http/security-headers'

/** Static files: the middleware lets them pass as they are. */
const files = '_next/static|icon.svg|apple-touch-icon.png|manifest.webmanifest|icons/.*\\.png|help/.*\\.webp'
const filePolicy = "default-src 'none'; frame-ancestors 'none'"

/** Functions and containers get no embedded database, and all but Vercel a folder that runs without `node_modules`. */
const isDeployment = Boolean(process.env.VERCEL) || process.env.BUILD_TARGET === 'standalone'

const config: NextConfig = {
  ...(isDeployment && { turbopack: { resolveAlias: { '@/lib/db/embedded': './lib/db/no-embedded.ts' } } }),
  ...(process.env.BUILD_TARGET === 'standalone' && { output: 'standalone' as const }),
  // `lib/http/whole-answer.ts` does, and what stands before a function.
  compress: false,
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // No picture is made smaller on its way.
  outputFileTracingExcludes: { '*': ['node_modules/@img/**/*', 'node_modules/sharp/**/*'] },
  typescript: { ignoreBuildErrors: true },
  experimental: {
    serverActions: { bodySizeLimit: '16kb' },
    // A page of its own for what is nowhere: as one of a layout every other page would carry it along.
    globalNotFound: true,
  },
  serverExternalPackages: [
    '@electric-sql/pglite',
    '@node-rs/argon2',
    'oidc-provider',
    'pg',
    'pglite-prisma-adapter',
    '@prisma/adapter-pg',
    'react-email',
  ],
  headers: async () => [
    // A mail in the local mailbox is sandboxed, and browsers report an opener policy on a sandboxed page as an error.
    { source: '/((?!dev/mailbox/).*)', headers: [{ key: 'Cross-Origin-Opener-Policy', value: 'same-origin' }] },
    { source: '/:path*', headers: securityHeaders },
    { source: `/((?!${files}).*)`, headers: [{ key: 'Cache-Control', value: 'no-store' }] },
    // Pages get a policy of their own from the middleware, which gives files none.
    { source: `/((?:${files}).*)`, headers: [{ key: 'Content-Security-Policy', value: filePolicy }] },
    {
      source: '/:locale/(reset-password|verify-email|new-email|not-me)/:rest*',
      headers: [{ key: 'X-Robots-Tag', value: 'noindex, nofollow' }],
    },
  ],
}

export default createNextIntlPlugin('./lib/i18n/request.ts')(config)
