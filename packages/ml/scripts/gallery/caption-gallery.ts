import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type CaptionedImage,
  decodeSquare,
  type ModelCard,
  openCaptioner,
} from '../../src/index.ts'
import {
  type Gallery,
  type GalleryPicture,
  galleryFolder,
  type Outcome,
  type Stage,
} from './gallery.ts'

/** The gallery with what a model says of each picture, as it is served: with the card's beam. */
export async function captionGallery(
  gallery: Gallery,
  { stage, model }: { stage: Stage; model: string },
): Promise<Gallery> {
  const captioner = await openCaptioner(model)
  try {
    const { card } = captioner
    const squares = await Promise.all(
      gallery.pictures.map(({ file }) => readPicture(file, card.preprocessing.square)),
    )
    const captioned = await captioner.caption(squares)
    const captionedBy = {
      weights: Object.keys(card.files).toSorted().join(', '),
      testCider: card.metrics.test?.CIDEr ?? null,
    }
    return {
      models: { ...gallery.models, [stage]: captionedBy },
      pictures: gallery.pictures.map((picture, i) =>
        withOutcome(picture, stage, toOutcome(captioned[i]!, card)),
      ),
    }
  } finally {
    await captioner.dispose()
  }
}

/** A verdict is about what was said: it stays as long as that does. */
export function withOutcome(
  picture: GalleryPicture,
  stage: Stage,
  outcome: Omit<Outcome, 'verdict'>,
): GalleryPicture {
  const last = picture[stage]
  const isSame = last?.caption === outcome.caption && last.turnedDown === outcome.turnedDown
  return { ...picture, [stage]: { ...outcome, verdict: isSame ? last.verdict : null } }
}

const readPicture = async (file: string, size: number): Promise<Uint8Array> =>
  decodeSquare(await readFile(join(galleryFolder, file)), { size, maxPixels: 1e6 })

function toOutcome(
  { captions, photoScore }: CaptionedImage,
  { photo }: Pick<ModelCard, 'photo'>,
): Omit<Outcome, 'verdict'> {
  const { text, confidence } = captions[0]!
  const turnedDown = photo === null || photoScore === null ? null : photoScore < photo.threshold
  return { caption: text, confidence: round(confidence), turnedDown }
}

const round = (share: number | null) => (share === null ? null : Math.round(share * 100) / 100)
