// An application that people sign in to by the service, with Auth.js. It needs the packages express, @auth/express, @auth/core and
// jose, and AUTH_SECRET (openssl rand -base64 32) beside the variables below. Name it to the service, in APPS:
//     { "id": "shop", "name": "Shop", "secret": "…", "redirect_uris": ["https://shop.example.com/auth/callback/metamots"],
//       "post_logout_redirect_uris": ["https://shop.example.com/"],
//       "backchannel_logout_uri": "https://shop.example.com/logged-out" }
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { getToken } from '@auth/core/jwt'
import { ExpressAuth, getSession } from '@auth/express'
import express from 'express'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const {
  ISSUER = 'https://account.example.com',
  CLIENT_ID = 'shop',
  CLIENT_SECRET,
  URL_OF_APP = 'https://shop.example.com',
  PORT = '8080',
  ENDED_SESSIONS = 'ended-sessions',
  AUTH_SECRET,
} = process.env

const keys = createRemoteJWKSet(new URL(`${ISSUER}/oidc/jwks`))

// The sessions of Auth.js lie in the browsers, so what is kept here is which have ended: in a file, for a restart must not bring
// them back. Where several processes run, it is a table of their database.
const ended = new Set(existsSync(ENDED_SESSIONS) ? readFileSync(ENDED_SESSIONS, 'utf8').split('\n') : [])

function end(sid) {
  if (!ended.has(sid)) appendFileSync(ENDED_SESSIONS, `${sid}\n`)
  ended.add(sid)
}

const auth = {
  trustHost: true,
  session: { strategy: 'jwt', maxAge: 8 * 60 * 60 },
  providers: [
    {
      id: 'metamots',
      name: 'Metamots',
      type: 'oidc',
      issuer: ISSUER,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      checks: ['pkce', 'state', 'nonce'],
      // Else its page asks a server of its makers for a picture.
      style: { logo: '' },
    },
  ],
  callbacks: {
    // At a sign-in, and each time somebody asks whose session it is. Without the first line `sub` would be a number of Auth.js.
    jwt({ token, account, profile }) {
      const known = account ? { ...token, sub: profile.sub, sid: profile.sid, idToken: account.id_token } : token
      return ended.has(known.sid) ? null : known
    },
    session({ session, token }) {
      session.user.id = token.sub
      return session
    },
  },
}

const app = express()
// One proxy stands before it, and says by which protocol and name it was asked.
app.set('trust proxy', 1)
app.use('/auth', ExpressAuth(auth))

app.get('/', async (request, response) => {
  const session = await getSession(request, auth)
  response.set('cache-control', 'no-store')
  response.send(
    session
      ? `<p>Signed in as ${safe(session.user.name)}</p>
         <form method="post" action="/sign-out"><button>Sign out</button></form>`
      : '<p>Nobody is signed in. <a href="/auth/signin">Sign in</a></p>',
  )
})

// By the id token the service knows that it is this very session, and ends it without asking.
app.post('/sign-out', async (request, response) => {
  const secureCookie = URL_OF_APP.startsWith('https:')
  const token = await getToken({ req: request, secret: AUTH_SECRET, secureCookie })
  if (!token) return response.redirect(303, '/')
  // Of this browser alone. Whether the session is over, the service says below: people may choose to stay.
  response.clearCookie(`${secureCookie ? '__Secure-' : ''}authjs.session-token`, { secure: secureCookie })
  const query = new URLSearchParams({
    id_token_hint: token.idToken,
    client_id: CLIENT_ID,
    post_logout_redirect_uri: `${URL_OF_APP}/`,
  })
  response.redirect(303, `${ISSUER}/oidc/end-session?${query}`)
})

// The service says here that a session is over.
app.post('/logged-out', express.urlencoded({ extended: false }), async (request, response) => {
  try {
    const { payload } = await jwtVerify(request.body.logout_token, keys, {
      issuer: ISSUER,
      audience: CLIENT_ID,
      typ: 'logout+jwt',
      requiredClaims: ['exp', 'iat', 'jti', 'sid', 'events'],
    })
    const isLogOut = 'http://schemas.openid.net/event/backchannel-logout' in payload.events && !('nonce' in payload)
    if (!isLogOut) return response.sendStatus(400)
    end(payload.sid)
    response.sendStatus(200)
  } catch {
    response.sendStatus(400)
  }
})

app.listen(Number(PORT), '127.0.0.1')

function safe(text) {
  return String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
