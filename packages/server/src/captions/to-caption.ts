import type { Caption } from '@descry/contract'
import type { CaptionRow } from '../db/tables.ts'

/** From a row to what crosses the wire. */
export const toCaption = (row: CaptionRow): Caption => ({
  id: row.id,
  imageId: row.image_id,
  jobId: row.job_id,
  text: row.text,
  style: row.style,
  captioner: row.captioner,
  modelVersion: row.model_version,
  confidence: row.confidence,
  labels: row.labels,
  ms: row.ms,
  usage: row.usage,
  trace: row.trace,
  author: row.author,
  supersedes: row.supersedes,
  createdAt: row.created_at.toISOString(),
})
