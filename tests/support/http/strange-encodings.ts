/** As the browsers of today, of yesterday and Node write them. */
export const boundaries = [
  '----WebKitFormBoundary7MA4YWxkTrZu0gWx',
  '---------------------------41184676334182920312341',
  '----geckoformboundary1c9a2f7be6d8a31',
  '----formdata-undici-012345678901',
]

/** Other types than those of browsers. */
export const strangeTypes: ((type: string) => string)[] = [
  (type) => `${type}; charset=utf-16`,
  (type) => `${type}; boundary=x`,
  (type) => type.replace('; ', ';'),
  (type) => type.replace('multipart', 'Multipart'),
  (type) => type.replace('boundary', 'Boundary'),
  (type) => type.replace(/=(.*)/, '="$1"'),
  (type) => type.replace('form-data', 'mixed'),
]

/** Other bodies than those of browsers. */
export const strangeTexts: ((body: string, boundary: string) => string)[] = [
  (body) => `x${body}`,
  (body) => `\r\n${body}`,
  (body) => `\ufeff${body}`,
  (body) => `${body}x`,
  (body) => `${body}\r\n`,
  (body) => `${body}${body}`,
  (body) => body.slice(0, -2),
  (body) => body.slice(0, -4),
  (body) => body.replaceAll('\r\n', '\n'),
  (body) => body.replace('\r\n', '\n'),
  (body) => body.replace('\r\n\r\n', '\r\n'),
  (body, boundary) => body.replace(boundary, `${boundary} `),
  (body, boundary) => body.replace(boundary, `${boundary}\t`),
  (body, boundary) => body.replace(`--${boundary}`, `--${boundary}--\r\n--${boundary}`),
  (body, boundary) => body.replace(`\r\n--${boundary}`, `--${boundary}`),
  (body, boundary) => body.replace(boundary, boundary.toLowerCase()),
]

/** The same text with bytes in it that are no UTF-8. */
export const strangeBytes: ((body: string) => Buffer)[] = [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80]].map(
  (bytes) => (body) => {
    const half = Math.floor(body.length / 2)
    return Buffer.concat([Buffer.from(body.slice(0, half)), Buffer.from(bytes), Buffer.from(body.slice(half))])
  },
)
