import { builtinModelFolder, measureCaptioner } from '@descry/ml'
import type { Table } from './report.ts'

/** The built-in captioner, as `descry bench` measures it. */
export async function measureBuiltin(): Promise<Table> {
  const speed = await measureCaptioner(builtinModelFolder())
  const row = (what: string, unit: string, target: string, value: number) => ({
    what,
    unit,
    target,
    values: [value],
  })
  return {
    columns: ['measured'],
    rows: [
      row('built-in, loading', 'ms', '≤ 300', speed.loadMs),
      row('built-in, JPEG bytes → caption, p50', 'ms', '≤ 25', speed.p50Ms),
      row('the same, p95', 'ms', '–', speed.p95Ms),
      row('built-in, 32 JPEGs together', 'images/s', '≥ 60', speed.imagesPerSecond),
      row('resident memory it adds', 'MB', '≤ 250', speed.residentMb),
    ],
  }
}
