import { sql } from 'kysely'
import { z } from 'zod'
import { defineJob } from '../jobs/define-job.ts'

/** How much room the images of an organization take. */
export const measureImages = defineJob({
  kind: 'measure-images',
  input: z.object({}),
  result: z.object({ images: z.int(), bytes: z.int() }),
  concurrency: () => 1,
  timeoutSeconds: 600,

  async run({ caller: { organizationId }, deps }) {
    const { rows } = await sql<{ images: number; bytes: number }>`
      select count(*)::int as images, coalesce(sum(bytes + thumbnail_bytes), 0)::float8 as bytes
      from images where organization_id = ${organizationId}`.execute(deps.db)
    const { images = 0, bytes = 0 } = rows[0] ?? {}
    return async () => ({ result: { images, bytes } })
  },
})
