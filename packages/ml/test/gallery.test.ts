import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { withOutcome } from '../scripts/gallery/caption-gallery.ts'
import { galleryFolder, pagePath, readGallery } from '../scripts/gallery/gallery.ts'
import { renderPage } from '../scripts/gallery/render-page.ts'

test('the page says what the list of pictures says', async () => {
  expect(await readFile(pagePath, 'utf8')).toBe(renderPage(await readGallery()))
})

test('every picture in the folder is listed, and every listed one is there', async () => {
  const { pictures } = await readGallery()
  const files = (await readdir(galleryFolder)).filter((file) => file !== 'pictures.json')
  expect(pictures.map(({ file }) => file).toSorted()).toEqual(files.toSorted())
})

test('pictures are small and hold nothing but pixels', async () => {
  const { pictures } = await readGallery()
  for (const { file } of pictures) {
    const path = join(galleryFolder, file)
    const { width, height, exif, xmp, icc } = await sharp(path).metadata()
    expect(Math.max(width, height), file).toBeLessThanOrEqual(320)
    expect((await stat(path)).size, file).toBeLessThanOrEqual(15_000)
    expect({ exif, xmp, icc }, file).toEqual({})
  }
})

test('every photo names an author and a licence that lets it be shipped', async () => {
  const { pictures } = await readGallery()
  const licences = pictures.filter(({ photo }) => photo).map(({ source }) => source?.licence)
  for (const licence of licences) {
    expect(licence).toMatch(/^(public domain|CC0-1\.0|CC-BY(-SA)?-[234]\.0)$/)
  }
})

test('a verdict stays with the caption it is about', async () => {
  const [picture] = (await readGallery()).pictures
  const said = { caption: 'a dog', confidence: 0.5, turnedDown: null }
  const judged = { ...picture!, before: { ...said, verdict: 'right' as const } }
  const verdictOf = (outcome: typeof said) => withOutcome(judged, 'before', outcome).before?.verdict
  expect(verdictOf({ ...said, confidence: 0.6 })).toBe('right')
  expect(verdictOf({ ...said, caption: 'a cat' })).toBeNull()
})

test('what nobody has judged yet is said to be so, and markup is text', () => {
  const outcome = { caption: 'a <b>|', confidence: 0.5, turnedDown: true, verdict: null }
  const page = renderPage({
    models: { before: null, after: { weights: 'encoder.onnx', testCider: null } },
    pictures: [
      {
        file: 'chart.webp',
        photo: false,
        truth: 'A chart.',
        source: null,
        before: null,
        after: outcome,
      },
    ],
  })
  expect(page).toContain('| no photos | 0 right, 0 partly, 0 wrong, 1 not judged yet |')
  expect(page).toContain('turned down: no photo (would have said: a &lt;b>\\|)')
  expect(page).not.toContain('before')
})
