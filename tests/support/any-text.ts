import fc from 'fast-check'

/** Any text there can be, halves of surrogate pairs included; as often as not of characters below U+0250. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x24f }), fc.integer({ min: 0, max: 0x10ffff })), { maxLength: 30 })
  .map((points) => String.fromCodePoint(...points))
