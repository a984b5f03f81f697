/** Whether a path is that of a file which is served as it lies. */
export function isFile(path: string): boolean {
  return /^\/(_next\/static\/|icon\.svg$|apple-touch-icon\.png$|manifest\.webmanifest$|icons\/\d+\.png$|help\/[a-z]+\/[a-zA-Z]+-(light|dark)\.webp$)/.test(
    path,
  )
}
