import type { Image } from '@descry/contract'
import type { ImageRow } from '../db/tables.ts'

/** From a row to what crosses the wire. */
export const toImage = ({ id, width, height, media_type, bytes, created_at }: ImageRow): Image => ({
  id,
  width,
  height,
  mediaType: media_type,
  bytes,
  fileUrl: `/api/images/${id}/file`,
  thumbnailUrl: `/api/images/${id}/thumbnail`,
  createdAt: created_at.toISOString(),
})
