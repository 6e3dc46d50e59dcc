import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type PhotoSources = {
  /** To fit the score to. */
  fit: string[]
  /** To choose the threshold with: the score has not seen them. */
  heldOut: string[]
}

/**
 * Photos of Flickr8k and COCO as they lie in DESCRY_TEST_DATA: the train split and every second photo
 * without captions to fit to; the test split, the captioned photos and the other half held out.
 */
export function listPhotos(data: string): PhotoSources {
  const flickr = readCaptions(join(data, 'flickr8k'))
  const flickrOf = (split: string) =>
    flickr
      .filter((image) => image.split === split)
      .map(({ file }) => pathIn(data, 'flickr8k', file))
  const captioned = new Set(readCaptions(join(data, 'coco')).map(({ file }) => file))
  const coco = readdirSync(join(data, 'coco/images')).sort()
  const plain = coco.filter((file) => !captioned.has(file))
  const cocoOf = (files: readonly string[]) => files.map((file) => pathIn(data, 'coco', file))
  return {
    fit: [...flickrOf('train'), ...cocoOf(plain.filter((_, i) => i % 2 === 0))],
    heldOut: [
      ...flickrOf('test'),
      ...cocoOf([...captioned]),
      ...cocoOf(plain.filter((_, i) => i % 2 === 1)),
    ],
  }
}

const pathIn = (data: string, set: string, file: string) => join(data, set, 'images', file)

function readCaptions(folder: string): { file: string; split: string }[] {
  return JSON.parse(readFileSync(join(folder, 'captions.json'), 'utf8'))
}
