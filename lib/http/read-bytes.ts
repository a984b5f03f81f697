/** The most bytes a form of ours can have, in any script and with every field full. */
export const maxBodyBytes = 16 * 1024

/** All of a body, or null as soon as it turns out longer: a header says nothing of a body that comes in pieces. */
export async function readBytes(body: ReadableStream<Uint8Array> | null, max: number): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(max)
  const reader = body?.getReader()
  let length = 0
  for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
    if (length + piece.value.length > max) {
      // Not to be waited for: of a body that was cloned, this ends with the other half.
      reader?.cancel().catch(() => {})
      return null
    }
    bytes.set(piece.value, length)
    length += piece.value.length
  }
  return bytes.subarray(0, length)
}
