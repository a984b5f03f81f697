/** What the clock of the browser says when so many seconds are over, on another day with its name. */
export function clockAfter(seconds: number): string {
  const [now, at] = [new Date(), new Date(Math.ceil(Date.now() / 60_000 + seconds / 60) * 60_000)]
  const { lang } = document.documentElement
  const day = at.getDay() === now.getDay() ? '' : `${at.toLocaleDateString(lang, { weekday: 'long' })} `
  return ` (${day}${at.toLocaleTimeString(lang, { timeStyle: 'short' })})`
}
