import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { median } from './statistics.ts'

/** All metrics on 5,000 images × 5 references from raw text, in a process of its own: median of five. */
export function measureScoring(): { seconds: number; megabytes: number } {
  const runs = Array.from({ length: 5 }, () => {
    const script = join(import.meta.dirname, 'score-captions.ts')
    const { stdout, stderr, status } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`Scoring failed: ${stderr}`)
    return JSON.parse(stdout) as { ms: number; megabytes: number }
  })
  return {
    seconds: median(runs.map(({ ms }) => ms)) / 1000,
    megabytes: median(runs.map(({ megabytes }) => megabytes)),
  }
}
