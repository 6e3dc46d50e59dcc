import type { Caption } from '@descry/contract'
import type { NewEvent } from '../db/events.ts'
import type { CaptionRow } from '../db/tables.ts'

/** `reused`: nothing was asked for it. `isNew`: it was stored just now. */
export type StoredCaption = Caption & { reused: boolean; isNew: boolean }

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

/** What to tell of captions that were stored; those that were there before are no news. */
export const newCaptionEvents = (captions: readonly StoredCaption[]): NewEvent[] =>
  captions
    .filter(({ isNew }) => isNew)
    .map(({ id, imageId, jobId, style }) => ({
      type: 'caption',
      data: { id, imageId, jobId, style },
    }))

/** For the log: how each caption came to be, without its text. */
export const describeTraces = (captions: readonly Omit<StoredCaption, 'isNew'>[]) =>
  captions.map(({ id, style, captioner, reused, ms, trace }) => ({
    id,
    style,
    captioner,
    reused,
    ms,
    steps: trace?.steps.map(({ captioner: asked, outcome, ms: took, status, cost }) => ({
      captioner: asked,
      outcome,
      ms: took,
      status,
      cost,
    })),
  }))
