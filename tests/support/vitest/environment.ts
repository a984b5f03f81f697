import { afterAll } from 'vitest'

// Files share a process: what one sets of its variables, and what this process keeps because of them, ends with it.
const before = { ...process.env }

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
  Object.assign(process.env, before)
  for (const name of Object.keys(globalThis))
    if (name.startsWith('__metamots')) Reflect.deleteProperty(globalThis, name)
})
