// Loaded ahead of a deployed application: what it sends to Resend reaches the imitation, and what it sends to itself the
// place where it listens, as if the names led there.
import http from 'node:http'
import https from 'node:https'

const { APP_URL, FAKE_RESEND_URL, OWN_URL = `http://127.0.0.1:${process.env.PORT}` } = process.env
const { fetch } = globalThis
const { request } = https

globalThis.fetch = (input, init) =>
  fetch(typeof input === 'string' ? input.replace('https://api.resend.com', FAKE_RESEND_URL) : input, init)

https.request = (url, ...rest) =>
  `${url}`.startsWith(`${APP_URL}/`) ? http.request(`${url}`.replace(APP_URL, OWN_URL), ...rest) : request(url, ...rest)
