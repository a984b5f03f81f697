const letters =
  'M4.5 28V6.2L15 20 25.5 6.2V28M32.7 19.25h15.2a7.6 7.6 0 1 0-2.4 5.6M57 6v16.2a4.3 4.3 0 0 0 6.5 3.7M52.5 13.5H63' +
  'M82.8 19.25a7.6 7.6 0 1 1-15.2 0 7.6 7.6 0 1 1 15.2 0M82.8 11v17M90.4 11v17M90.4 17a5.1 5.1 0 0 1 10.2 0v11' +
  'M100.6 17a5.1 5.1 0 0 1 10.2 0v11M132.8 19.25a7.6 7.6 0 1 1-15.2 0 7.6 7.6 0 1 1 15.2 0' +
  'M141.6 6v16.2a4.3 4.3 0 0 0 6.5 3.7M137.1 13.5h10.5M163.8 14.4c-1.5-1.7-3.4-2.6-5.6-2.6-3 0-5 1.3-5 3.5' +
  ' 0 5 11.2 2.6 11.2 7.5 0 2.4-2.3 3.8-5.4 3.8-2.6 0-4.7-.9-6.3-2.7'

/** The name of the service, drawn: the same on every machine, in the colour of the text around it. */
export function Wordmark({ href, name }: { href: string; name: string }) {
  return (
    <a className="wordmark" href={href} translate="no">
      <svg viewBox="2 0 164 40" fill="none" aria-hidden="true">
        <path className="wordmark-letters" d={letters} />
        <path className="wordmark-line" d="M2 37h164" />
      </svg>
      <span className="visually-hidden">{name}</span>
    </a>
  )
}
