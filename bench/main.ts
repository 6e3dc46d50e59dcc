import { measureBuiltin } from './captioner.ts'
import { measureLearning } from './learning.ts'
import { measureScoring } from './metrics.ts'
import { reportTable, type Table } from './report.ts'
import { measureServer } from './server-table.ts'

/** `npm run bench` measures everything, `npm run bench -- metrics` one part. */
const parts: Record<string, () => Promise<Table> | Table> = {
  server: measureServer,
  captioner: measureBuiltin,
  learning: measureLearning,
  metrics: () => {
    const { seconds, megabytes } = measureScoring()
    return {
      columns: ['measured'],
      rows: [
        {
          what: 'all metrics, 5,000 images × 5 references, from raw text',
          unit: 's',
          target: '≤ 3',
          values: [seconds],
        },
        { what: 'peak memory of that process', unit: 'MB', target: '≤ 400', values: [megabytes] },
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
