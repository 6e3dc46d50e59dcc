import type { BlobRecord } from '../blobs/read-verified.ts'
import type { ImageRow } from '../db/tables.ts'

/** Where an image's two blobs are, and what is in them. */
export const imageBlobs = (row: ImageRow): { file: BlobRecord; thumbnail: BlobRecord } => ({
  file: {
    key: blobKey(row, { sha256: row.sha256, mediaType: row.media_type }),
    bytes: row.bytes,
    sha256: row.sha256,
  },
  thumbnail: {
    key: blobKey(row, { sha256: row.thumbnail_sha256, mediaType: THUMBNAIL_MEDIA_TYPE }),
    bytes: row.thumbnail_bytes,
    sha256: row.thumbnail_sha256,
  },
})

/**
 * The first digits of the id spread the files over folders. The same pixels may arrive as JPEG and as
 * PNG, and compressed in many ways: the hash of the file is part of the key, so that a row and its
 * bytes always agree.
 */
const blobKey = (
  { organization_id, id }: Pick<ImageRow, 'organization_id' | 'id'>,
  { sha256, mediaType }: { sha256: string; mediaType: string },
) => `${organization_id}/${id.slice(0, 2)}/${id}/${sha256}.${mediaType.replace('image/', '')}`

/** Whose blob it is; undefined for a file that Descry did not put there. */
export function parseBlobKey(key: string): { organizationId: string; id: string } | undefined {
  const [, organizationId, id] = KEY.exec(key) ?? []
  return organizationId && id ? { organizationId, id } : undefined
}

const KEY = /^([0-9a-f-]{36})\/[0-9a-f]{2}\/([0-9a-f]{64})\/[0-9a-f]{64}\.\w+$/

/** What the image room makes thumbnails as. */
export const THUMBNAIL_MEDIA_TYPE = 'image/jpeg'
