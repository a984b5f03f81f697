type Webmail = { name: string; url: string }

const gmail = { name: 'Gmail', url: 'https://mail.google.com/' }
const outlook = { name: 'Outlook', url: 'https://outlook.live.com/mail/' }
const yahoo = { name: 'Yahoo Mail', url: 'https://mail.yahoo.com/' }
const icloud = { name: 'iCloud Mail', url: 'https://www.icloud.com/mail' }
const proton = { name: 'Proton Mail', url: 'https://mail.proton.me/' }

/** Where the mails of well-known domains are read. */
const webmails: Record<string, Webmail> = {
  'gmail.com': gmail,
  'googlemail.com': gmail,
  'outlook.com': outlook,
  'outlook.fr': outlook,
  'hotmail.com': outlook,
  'hotmail.fr': outlook,
  'live.com': outlook,
  'live.fr': outlook,
  'yahoo.com': yahoo,
  'yahoo.fr': yahoo,
  'icloud.com': icloud,
  'me.com': icloud,
  'proton.me': proton,
  'protonmail.com': proton,
}

/** Where somebody with this e-mail reads their mails in a browser; null where that is not known. */
export function webmailOf(email: string): Webmail | null {
  const domain = email.split('@')[1]?.toLowerCase() ?? ''
  return Object.hasOwn(webmails, domain) ? (webmails[domain] ?? null) : null
}
