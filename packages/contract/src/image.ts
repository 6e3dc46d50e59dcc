import { z } from 'zod'
import { ImageId, Timestamp } from './identifier.ts'

/** Pixels we keep once, named by what they show. The file has no metadata. */
export const Image = z.object({
  id: ImageId,
  names: z
    .array(z.string())
    .describe('file names that it was uploaded under, the first one first; at most 100'),
  width: z.int().positive().describe('pixels, after rotation'),
  height: z.int().positive().describe('pixels, after rotation'),
  mediaType: z.string().describe('of the kept file'),
  bytes: z.int().positive().describe('of the kept file'),
  fileUrl: z.string(),
  thumbnailUrl: z.string(),
  createdAt: Timestamp,
})
export type Image = z.infer<typeof Image>
