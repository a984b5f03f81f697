/** By what people and support call a mail: the beginning of its id. It says nothing to whoever cannot read the log. */
export function referenceOf(mailId: string): string {
  return mailId.slice(0, 8)
}
