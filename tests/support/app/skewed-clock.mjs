// Loaded ahead of a deployed application: its clock differs by as many milliseconds as the file CLOCK_SKEW_FILE says at that moment.
import { readFileSync } from 'node:fs'

const Real = Date
const now = () => Real.now() + Number(readFileSync(process.env.CLOCK_SKEW_FILE, 'utf8'))

globalThis.Date = new Proxy(Real, {
  construct: (_, args, target) => Reflect.construct(Real, args.length === 0 ? [now()] : args, target),
  apply: () => new Real(now()).toString(),
  get: (_, name) => (name === 'now' ? now : Reflect.get(Real, name)),
})
Real.prototype.constructor = globalThis.Date
