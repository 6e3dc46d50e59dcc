import { builtinModelFolder, measureCaptionerSpeed } from '@descry/ml'
import { type Table, toRow } from './report.ts'

/** The built-in captioner, as `descry bench` measures it. */
export async function measureBuiltin(): Promise<Table> {
  const speed = await measureCaptionerSpeed(builtinModelFolder())
  return {
    columns: ['measured'],
    rows: [
      toRow('built-in, loading', 'ms', '≤ 300', speed.loadMs),
      toRow('built-in, JPEG bytes → caption, p50', 'ms', '≤ 25', speed.p50Ms),
      toRow('the same, p95', 'ms', '–', speed.p95Ms),
      toRow('built-in, 32 JPEGs together', 'images/s', '≥ 60', speed.imagesPerSecond),
      toRow('resident memory it adds', 'MB', '≤ 250', speed.residentMb),
    ],
  }
}
