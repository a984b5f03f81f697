/** An expected outcome: the value, or the literal code of what stood in the way. Anything unexpected throws. */
export type Result<Value, Code extends string> = { ok: true; value: Value } | Failure<Code>

/** `waitSeconds`: how long it takes until the same may do. `attemptsLeft`: how many answers a link is worth still. Absent where that is not known. */
export type Failure<Code extends string> = {
  ok: false
  code: Code
  waitSeconds?: number | undefined
  attemptsLeft?: number | undefined
}

/** A limit stood in the way. */
export type TooMany = Failure<'too_many_requests'>

export function ok(): { ok: true; value: undefined }
export function ok<Value>(value: Value): { ok: true; value: Value }
export function ok(value?: unknown) {
  return { ok: true, value }
}

export function fail<Code extends string>(code: Code): { ok: false; code: Code } {
  return { ok: false, code }
}

/** What is beyond a limit for so many seconds. */
export function tooMany(waitSeconds: number): TooMany {
  return { ok: false, code: 'too_many_requests', waitSeconds }
}
