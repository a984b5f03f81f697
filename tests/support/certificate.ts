import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Makes a certificate for a name that signs itself, and its key, in these files. */
export async function makeCertificate(name: string, key: string, certificate: string): Promise<void> {
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  await promisify(execFile)('openssl', ['req', '-x509', ...kind, ...names, '-keyout', key, '-out', certificate])
}
