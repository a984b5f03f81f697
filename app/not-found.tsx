/** `global-not-found.tsx` says that a page is nowhere. Without this file every page would carry what the framework says of it. */
export default function Nothing() {
  return null
}
