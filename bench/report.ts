/** Prints a table, each column as wide as it must be. */
export function printTable(title: string, head: string[], rows: string[][]): void {
  const widths = head.map((cell, index) => Math.max(cell.length, ...rows.map((row) => row[index]?.length ?? 0)))
  const line = (row: string[]) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')
  console.log(`${[title, line(head), ...rows.map(line)].join('\n')}\n`)
}
