/** Where a contact leads, an e-mail or https address: a mail to it has the reference in its subject. */
export function contactLink(contact: string, reference: string): string {
  return contact.startsWith('https:')
    ? contact
    : `mailto:${contact}?subject=${encodeURIComponent(`Metamots ${reference}`)}`
}
