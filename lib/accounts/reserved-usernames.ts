/** Names that seem to speak for the service or for a machine. They answer as if somebody had them. */
const reserved = new Set(
  `abuse account accounts admin administrator anonymous api billing bot ceo contact everyone guest help helpdesk hostmaster
  info login mail mailer mailerdaemon me moderator nobody noreply null official owner postmaster privacy root security service
  staff superuser support sysadmin system team test undefined user username webmaster`.split(/\s+/),
)

/** Whether nobody may have a user name, given its key: what stands between letters and digits hides nothing. */
export function isReservedUsername(key: string): boolean {
  const letters = key.replace(/[._-]/g, '')
  return (
    letters === '' || letters.includes('metamots') || reserved.has(letters) || reserved.has(letters.replace(/\d+$/, ''))
  )
}
