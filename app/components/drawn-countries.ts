let drawn: Record<string, string> = {}

/**
 * What `#country-names` is in a browser: the names as the server drew them, so that a page brings them once. None where the
 * document was about something else.
 */
export function countryNames(): Record<string, string> {
  const options = [...document.querySelectorAll<HTMLOptionElement>('#country option')].filter(({ value }) => value)
  if (options.length > 0) drawn = Object.fromEntries(options.map(({ value, text }) => [value, text]))
  return drawn
}
