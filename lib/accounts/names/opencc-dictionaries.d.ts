/** Pairs of characters, `from to`, with `|` between the pairs. */
declare module 'opencc-js/dict/*' {
  const pairs: string
  export default pairs
}
