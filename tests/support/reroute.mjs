// Loaded ahead of a deployed application: what it sends to Resend reaches the imitation, as if the name led there.
const send = globalThis.fetch

globalThis.fetch = (input, init) =>
  send(typeof input === 'string' ? input.replace('https://api.resend.com', process.env.FAKE_RESEND_URL) : input, init)
