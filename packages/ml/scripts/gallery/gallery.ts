import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const docs = join(import.meta.dirname, '../../../../docs')
export const galleryFolder = join(docs, 'gallery')
export const pagePath = join(docs, 'what-the-built-in-model-sees.md')

/** Two models side by side: the one that was shipped before, and the one that is shipped now. */
export const stages = ['before', 'after'] as const
export type Stage = (typeof stages)[number]

export const verdicts = ['right', 'partly', 'wrong'] as const

export type Outcome = z.infer<typeof Outcome>
const Outcome = z.object({
  caption: z.string().min(1),
  /** Null where the model was never calibrated. */
  confidence: z.number().min(0).max(1).nullable(),
  /** Whether the model says that the picture is no photo; null where it does not judge that. */
  turnedDown: z.boolean().nullable(),
  /** Given by hand, by looking at the picture; null until then. */
  verdict: z.enum(verdicts).nullable(),
})

/** Which weights captioned: the names of a model's files, which hold their hashes. */
const CaptionedBy = z.object({ weights: z.string().min(1), testCider: z.number().nullable() })

const Source = z.object({
  package: z.string().min(1),
  version: z.string().min(1),
  path: z.string().min(1),
  author: z.string().min(1),
  licence: z.string().min(1),
  origin: z.url().optional(),
})

export type GalleryPicture = z.infer<typeof GalleryPicture>
const GalleryPicture = z.object({
  file: z.string().regex(/^[a-z-]+\.webp$/),
  /** False for drawings, charts, screenshots, documents and renderings. */
  photo: z.boolean(),
  /** What there is to see, written by hand. */
  truth: z.string().min(1),
  /** Null where it was made for this page. */
  source: Source.nullable(),
  before: Outcome.nullable(),
  after: Outcome.nullable(),
})

export type Gallery = z.infer<typeof Gallery>
const Gallery = z.object({
  models: z.object({ before: CaptionedBy.nullable(), after: CaptionedBy.nullable() }),
  pictures: z.array(GalleryPicture).min(1),
})

const galleryPath = join(galleryFolder, 'pictures.json')

export const readGallery = async (): Promise<Gallery> =>
  Gallery.parse(JSON.parse(await readFile(galleryPath, 'utf8')))

export const writeGallery = (gallery: Gallery): Promise<void> =>
  writeFile(galleryPath, `${JSON.stringify(gallery, null, 2)}\n`)
