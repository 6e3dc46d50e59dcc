import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

export type Row = {
  what: string
  unit: string
  target: string
  /** One a column; undefined where a column does not have this measure. */
  values: (number | undefined)[]
}

export type Table = { columns: string[]; rows: Row[] }

/** A measure of a table with one column. */
export const toRow = (what: string, unit: string, target: string, value: number): Row => ({
  what,
  unit,
  target,
  values: [value],
})

/** Prints a table and writes the same as JSON. */
export function reportTable(name: string, { columns, rows }: Table): void {
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}`
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const text = [
    line(['measure', 'target', ...columns]),
    line(['---', '---', ...columns.map(() => '---:')]),
    ...rows.map(({ what, unit, target, values }) =>
      line([what, `${target} ${unit}`, ...columns.map((_, i) => format(values[i]))]),
    ),
  ].join('\n')
  console.log(`${machine}\n\n${text}`)

  const folder = 'node_modules/.cache/bench'
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/${name}.json`
  const json = { machine, date: new Date().toISOString(), columns, rows }
  writeFileSync(file, JSON.stringify(json, null, 2))
  console.log(`\nAs JSON: ${file}\n`)
}

function format(value: number | undefined): string {
  if (value === undefined) return '–'
  return value >= 100 ? Math.round(value).toString() : value.toFixed(value < 10 ? 2 : 1)
}
