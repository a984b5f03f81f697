/** The letters of the name, each drawn in one line. */
export const letters = {
  M: 'M4.5 28V6.2L15 20 25.5 6.2V28',
  e: 'M32.7 19.25h15.2a7.6 7.6 0 1 0-2.4 5.6',
  t: 'M57 6v16.2a4.3 4.3 0 0 0 6.5 3.7M52.5 13.5H63',
  a: 'M82.8 19.25a7.6 7.6 0 1 1-15.2 0 7.6 7.6 0 1 1 15.2 0M82.8 11v17',
  m: 'M90.4 11v17M90.4 17a5.1 5.1 0 0 1 10.2 0v11M100.6 17a5.1 5.1 0 0 1 10.2 0v11',
  o: 'M132.8 19.25a7.6 7.6 0 1 1-15.2 0 7.6 7.6 0 1 1 15.2 0',
  t2: 'M141.6 6v16.2a4.3 4.3 0 0 0 6.5 3.7M137.1 13.5h10.5',
  s:
    'M163.8 14.4c-1.5-1.7-3.4-2.6-5.6-2.6-3 0-5 1.3-5 3.5' +
    ' 0 5 11.2 2.6 11.2 7.5 0 2.4-2.3 3.8-5.4 3.8-2.6 0-4.7-.9-6.3-2.7',
}

/** The name of the service, drawn: the same on every machine, in the colour of the text around it. */
export function Wordmark({ href, name, onNight = false }: { href: string; name: string; onNight?: boolean }) {
  return (
    <a
      className={`inline-flex min-h-11 items-center text-ink ${onNight ? 'lg:absolute lg:start-10 lg:top-8 lg:text-on-night' : ''}`}
      href={href}
      translate="no"
    >
      <svg className="h-7" viewBox="2 0 164 40" fill="none" aria-hidden="true">
        <path className="stroke-current stroke-[4.6]" strokeLinejoin="bevel" d={Object.values(letters).join('')} />
        <path className="stroke-sun stroke-4" d="M2 37h164" />
      </svg>
      <span className="sr-only">{name}</span>
    </a>
  )
}
