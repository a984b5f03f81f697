import { expect, test } from 'vitest'
import { type Field, readMultipart } from '@/lib/http/multipart'
import { isPlainSubmission } from '@/lib/http/plain-submission'
import { formOfNode } from '@/tests/support/http/decoders'
import { type Check, expectOneMeaning, ourCheck } from '@/tests/support/http/one-meaning'

const boundary = '----WebKitFormBoundary7MA4YWxkTrZu0gWx'
const fields: Field[] = [
  ['$ACTION_1:0', '{"id":"x"}'],
  ['email', ''],
  ['firstName', ' Éloïse\r\n\r\n--\r\n------WebKit "$K1" %22 \0 \ufffd '],
]
const body = written(fields)
const field = 'Content-Disposition: form-data; name="email"'

test('what passes is the same to every reader of a form, and only plain values to React', async () => {
  const passed = await expectOneMeaning(ourCheck, 500, 13)
  expect(passed).toBeGreaterThan(100)
  expect(passed).toBeLessThan(250)
})

test('a check of what another reader found lets two meanings pass', async () => {
  const naive: Check = async (sent) => {
    const form = await formOfNode(sent).catch(() => null)
    const found = [...(form ?? [])].map(([name, value]): Field => [name, String(value)])
    return isPlainSubmission(found, sent.action) ? found : null
  }
  const failure = expect.objectContaining({ message: 'readers disagree' })
  await expect(expectOneMeaning(naive, 500, 13)).rejects.toMatchObject({ cause: failure })
})

test('a form is read as browsers write it', () => {
  expect(read(body)).toEqual(fields)
  const fifty = Array.from({ length: 50 }, (): Field => ['a', 'b'])
  expect(read(written(fifty))).toEqual(fifty)
  expect(read(written([...fifty, ['a', 'b']]))).toBeNull()
})

test.each([
  ['nothing', ''],
  ['another boundary', body.replaceAll('WebKit', 'webkit')],
  ['something before', `\r\n${body}`],
  ['a mark of byte order', `\ufeff${body}`],
  ['something after', `${body}\r\n`],
  ['a second form after it', body + body],
  ['no end', body.replace(`--${boundary}--\r\n`, '')],
  ['half an end', body.slice(0, -2)],
  ['bare line feeds', body.replaceAll('\r\n', '\n')],
  ['a space after a boundary', body.replace(boundary, `${boundary} `)],
  ['an end in the middle', body.replace(`\r\n--${boundary}`, `\r\n--${boundary}--\r\n--${boundary}`)],
  ['a boundary within a line', body.replace(`\r\n--${boundary}`, `--${boundary}`)],
  ['a boundary in a value', written([['email', boundary]])],
  ['a mark of byte order in a value', written([['email', '\ufeffx']])],
  ['two header lines', body.replace(field, `${field}\r\n${field}`)],
  ['a header line that is another', body.replace(field, 'Content-Type: text/plain')],
  ['a type', body.replace(field, `${field}\r\nContent-Type: text/plain`)],
  ['no header line', body.replace(field, '')],
  ['a folded line', body.replace('; name="email"', ';\r\n name="email"')],
  ['a file', body.replace(field, `${field}; filename=""`)],
  ['two names', body.replace(field, `${field}; name="x"`)],
  ['a name of another charset', body.replace('name="email"', `name*=utf-8''email`)],
  ['a name without quotes', body.replace('"email"', 'email')],
  ['an escaped quote', body.replace('"email"', '"email\\""')],
  ['an escape of browsers', body.replace('"email"', '"email%22"')],
  ['an empty name', body.replace('"email"', '""')],
  ['a space in a name', body.replace('"email"', '" email"')],
  ['a letter in a name that is not of ASCII', body.replace('"email"', '"émail"')],
  ['a long name', body.replace('"email"', `"${'e'.repeat(101)}"`)],
  ['lower case', body.replace('Content-Disposition', 'content-disposition')],
  ['no space', body.replace(': form', ':form')],
])('a form with %s is none', (_, text) => {
  expect(read(text)).toBeNull()
})

test.each([[[0xff]], [[0xc0, 0xaf]], [[0xed, 0xa0, 0x80]], [[0xf4, 0x90, 0x80, 0x80]], [[0xc3]]])(
  'a form with the bytes %j, which are no UTF-8, is none',
  (bytes) => {
    const [before, after] = body.split('Éloïse')
    const broken = Buffer.concat([Buffer.from(before ?? ''), Buffer.from(bytes), Buffer.from(after ?? '')])
    expect(readMultipart(broken, boundary)).toBeNull()
  },
)

function read(text: string): Field[] | null {
  return readMultipart(Buffer.from(text), boundary)
}

function written(all: Field[]): string {
  const parts = all.map(([name, value]) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  return `${parts.map((part) => `--${boundary}\r\n${part}`).join('')}--${boundary}--\r\n`
}
