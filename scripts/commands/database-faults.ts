/** What can be wrong with a database, by the codes of Postgres, Node, Prisma and its drivers, most telling first. */
const faults: Record<string, { signs: string; message: string }> = {
  database_refuses: {
    signs: 'P1000 P1010 28P01 28000 AuthenticationFailed DatabaseAccessDenied',
    message: 'The database does not let the user of DATABASE_URL in.',
  },
  database_missing: {
    signs: 'P1003 3D000 DatabaseDoesNotExist',
    message: 'There is no database of the name in DATABASE_URL.',
  },
  database_tls: {
    signs:
      'P1011 TlsConnectionError DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT_LOCALLY CERT_HAS_EXPIRED ERR_TLS_CERT_ALTNAME_INVALID',
    message: 'The connection to the database cannot be made safe: see sslmode and sslrootcert in DATABASE_URL.',
  },
  not_migrated: {
    signs: 'P2021 P2022 42P01 42703 TableDoesNotExist ColumnNotFound',
    message: 'The database lacks a table or a column. Run: npm run metamots -- migrate',
  },
  not_permitted: {
    signs: '42501',
    message: 'The database does not permit that to the user of DATABASE_URL. See: npm run metamots -- doctor',
  },
  read_only: { signs: '25006', message: 'The database can only be read: it is a standby, or set so.' },
  database_unreachable: {
    signs:
      'P1001 P1002 P1008 P1017 DatabaseNotReachable SocketTimeout ConnectionClosed ECONNREFUSED ECONNRESET ENOTFOUND EAI_AGAIN ETIMEDOUT EHOSTUNREACH 57P01 57P02 57P03 08000 08001 08003 08004 08006',
    message: 'The database cannot be reached. See: npm run metamots -- doctor',
  },
}

/** What is wrong with the database, by an error of whoever asked it; null when it says nothing of that. */
export function databaseFault(error: unknown): { code: string; message: string } | null {
  const said = new Set(signsOf(error).split(/\W+/))
  const known = Object.entries(faults).find(([, { signs }]) => signs.split(' ').some((sign) => said.has(sign)))
  return known ? { code: known[0], message: known[1].message } : null
}

/** The codes of an error and of what caused it. */
function signsOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 3) return ''
  const { code, cause, meta, errors } = error as Error & Record<'code' | 'cause' | 'meta' | 'errors', unknown>
  const { kind, originalCode } = Object(cause)
  const inner = [cause, ...(Array.isArray(errors) ? errors : [])].map((each) => signsOf(each, depth + 1))
  return [code, kind, originalCode, JSON.stringify(meta ?? {}), ...inner].join(' ')
}
