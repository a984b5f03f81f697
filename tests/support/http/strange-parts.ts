/** The id of an action, of the length that they have. */
export const someAction = `60${'a'.repeat(40)}`

/** The header line of a field, as browsers write it. */
export const named = (name: string) => `Content-Disposition: form-data; name="${name}"`

/** Other header lines for a field of this name, or of another to some readers. */
export const strangeHeaders: ((name: string) => string)[] = [
  (name) => `${named(name)}\r\n${named('filler')}`,
  (name) => `${named('filler')}\r\n${named(name)}`,
  (name) => named(name).toLowerCase(),
  (name) => named(name).toUpperCase(),
  (name) => named(name).replace(': ', ':'),
  (name) => named(name).replace(':', ' :'),
  (name) => named(name).replaceAll(' ', '\t'),
  (name) => named(name).replace('; ', ';\r\n '),
  (name) => named(name).replace('form-data', 'attachment'),
  (name) => named(name).replace('name', 'name*'),
  (name) => named(name).replaceAll('"', ''),
  (name) => named(name).replaceAll('"', "'"),
  (name) => `${named(name)};`,
  (name) => `${named(name)} `,
  (name) => `${named(name)}; name="filler"`,
  (name) => `${named('filler')}; name="${name}"`,
  (name) => `${named('filler')}; name*=utf-8''${name}`,
  (name) => `${named(name)}; filename="a.txt"`,
  (name) => `${named(name)}; filename=""`,
  (name) => `${named(name)}; filename*=utf-8''a`,
  (name) => `${named(name)}\r\nContent-Type: text/plain; charset=utf-16le`,
  (name) => `${named(name)}\r\nContent-Type: application/octet-stream`,
  (name) => `${named(name)}\r\nContent-Transfer-Encoding: base64`,
  (name) => `${named(name)}\nContent-Type: text/plain`,
  (name) => `${named(name)}\r\n folded`,
  (name) => `X: y\r\n${named(name)}`,
  (name) => `${named(name)}\0`,
  () => '',
  () => ': x',
]

/** Other names. */
export const strangeNames: ((name: string) => string)[] = [
  ...[
    '0',
    '1',
    '0x0',
    '00',
    '',
    ' 0',
    'S0',
    '_1_x',
    '__proto__',
    '_charset_',
    '$ACTION_1:2',
    '$ACTION_KEY',
    'é',
    '\ufeff',
  ],
  ...[`$ACTION_ID_${someAction}`, '$ACTION_REF_2', '0"; name="filler', '0"\r\nX: "', '\0'],
].map((name) => () => name)
strangeNames.push(
  (name) => `%22${name}`,
  (name) => `${name}%0D%0A`,
  (name) => `\\${name}`,
  (name) => `${name}\\"`,
  (name) => ` ${name}`,
)

/** Other values: what React would read as more than text, and what looks like the end of a part. */
export const strangeValues: ((value: string, boundary: string) => string)[] = [
  ...[
    '["$Q1"]',
    '["$@9"]',
    '[{"x":"$F1"},"$K1"]',
    '[{},"$K1","$K1"]',
    '[{"__proto__":{}},"$K1"]',
    '[[],"$K1"]',
    '[{}]',
  ],
  ...[
    '["$1:__proto__:x"]',
    '',
    'null',
    `{"id":"${someAction}","id":"x","bound":"$@1"}`,
    ` {"id":"${someAction}","bound":"$@1"}`,
  ],
].map((value) => () => value)
strangeValues.push(
  (value) => `\ufeff${value}`,
  (value) => `${value}\0`,
  (value) => `${value}\r\n`,
  (value, boundary) => value + boundary,
  (value, boundary) => `${value}--${boundary}`,
  (value, boundary) => `${value}\r\n--${boundary.slice(0, -1)}`,
  (value, boundary) => `${value}\r\n--${boundary}x`,
  (value, boundary) => `${value}\r\n-`.concat('--', boundary),
  (value, boundary) => `${value}\r\n--${boundary}\r\n${named('0')}\r\n\r\n["$Q1"]`,
  (value, boundary) => `${value}\r\n--${boundary}--\r\n`,
)
