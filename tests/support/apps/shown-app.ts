const redirectUri = 'https://shop.metamots.example/callback'
const asked = new URLSearchParams({
  client_id: 'shop',
  response_type: 'code',
  scope: 'openid',
  redirect_uri: redirectUri,
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
})

/** What an application that is only looked at is named by. */
export const shownAppSettings = {
  APPS: JSON.stringify([
    { id: 'shop', name: 'Boutique des mots', secret: 'x'.repeat(40), redirect_uris: [redirectUri] },
  ]),
}

/** The pages by which people come from it and go back, as it leads to them. */
export const pagesOfApp = {
  login: `login?${new URLSearchParams({ next: `oidc/auth?${asked}` })}`,
  logOut: `log-out?${new URLSearchParams({ next: 'oidc/end-session?client_id=shop' })}`,
  problem: 'app-problem',
}
