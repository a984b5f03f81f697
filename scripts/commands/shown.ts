type Row = Record<string, unknown>

/** The fields of something, a line each; what is null is left out. */
export function fieldLines(row: Row): string[] {
  const given = Object.entries(row).filter(([, value]) => value !== null && value !== undefined)
  const width = Math.max(...given.map(([name]) => name.length))
  return given.map(([name, value]) => `${name.padEnd(width)}  ${shown(value)}`)
}

/** Rows under the names of their fields; `none` where there are none. */
export function tableLines(rows: Row[], none: string): string[] {
  const [first] = rows
  if (!first) return [none]
  const names = Object.keys(first)
  const cells = [names, ...rows.map((row) => names.map((name) => shown(row[name])))]
  const widths = names.map((_, place) => Math.max(...cells.map((line) => line[place]?.length ?? 0)))
  return cells.map((line) =>
    line
      .map((cell, place) => cell.padEnd(widths[place] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '-'
  return value instanceof Date ? `${value.toISOString().slice(0, 19)}Z` : String(value)
}
