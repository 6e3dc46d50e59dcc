import { measureBuiltin } from './captioner.ts'
import { measureChain } from './chain.ts'
import { measureEmbedded } from './embedded.ts'
import { measureLearning } from './learning.ts'
import { measureScoring } from './metrics.ts'
import { reportTable, type Table, toRow } from './report.ts'
import { measureServer } from './server-table.ts'

/** `npm run bench` measures everything, `npm run bench -- metrics` one part. */
const parts: Record<string, () => Promise<Table> | Table> = {
  server: measureServer,
  embedded: measureEmbedded,
  captioner: measureBuiltin,
  chain: measureChain,
  learning: measureLearning,
  metrics: () => {
    const { seconds, megabytes } = measureScoring()
    return {
      columns: ['measured'],
      rows: [
        toRow('all metrics, 5,000 images × 5 references, from raw text', 's', '≤ 3', seconds),
        toRow('peak memory of that process', 'MB', '≤ 400', megabytes),
      ],
    }
  },
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !Object.hasOwn(parts, name))
if (unknown !== undefined) {
  console.error(`There is no part ${unknown}; there are ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  const table = await parts[name]?.()
  if (table) reportTable(name, table)
}
