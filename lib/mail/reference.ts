/** By what people and support call a mail: the beginning of its id. It says nothing to whoever cannot read the log. */
export function referenceOf(mailId: string): string {
  return mailId.slice(0, 8)
}

/** The same for a request, by its id: the mail and the events of it have that. */
export function requestReference(requestId: string): string {
  return requestId.replaceAll('-', '').slice(0, 8).toLowerCase()
}
