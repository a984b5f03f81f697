export function Wordmark({ href, name }: { href: string; name: string }) {
  return (
    <a className="wordmark" href={href} translate="no">
      <span className="wordmark-line">{name}</span>
    </a>
  )
}
