/**
 * Keys of an image's blobs. The first digits of the id spread the files over folders. The same
 * pixels may arrive as JPEG and as PNG: the media type is part of the key, so that the row and its
 * bytes always agree.
 */
export const fileKey = (
  organizationId: string,
  { id, mediaType }: { id: string; mediaType: string },
) => `${folder(organizationId, id)}/file.${mediaType.replace('image/', '')}`

export const thumbnailKey = (organizationId: string, id: string) =>
  `${folder(organizationId, id)}/thumbnail.jpeg`

const folder = (organizationId: string, id: string) => `${organizationId}/${id.slice(0, 2)}/${id}`

/** What the image room makes thumbnails as. */
export const THUMBNAIL_MEDIA_TYPE = 'image/jpeg'
