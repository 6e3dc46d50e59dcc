import { writeFile } from 'node:fs/promises'
import { captionGallery } from './gallery/caption-gallery.ts'
import { pagePath, readGallery, stages, writeGallery } from './gallery/gallery.ts'
import { renderPage } from './gallery/render-page.ts'

/**
 * Captions the pictures of docs/gallery with a model and writes the page about them:
 *
 *   npm run gallery -- after packages/ml/models/builtin
 *
 * Verdicts are written by hand into docs/gallery/pictures.json; a verdict is dropped when the model says
 * something else. Without arguments only the page is written again.
 */
const [name, model, ...left] = process.argv.slice(2)
const stage = stages.find((one) => one === name)
if (left.length > 0 || (name !== undefined && (stage === undefined || model === undefined))) {
  console.error(
    `npm run gallery -- [${stages.join('|')} MODEL_FOLDER], not: ${process.argv.slice(2).join(' ')}`,
  )
  process.exit(2)
}
const before = await readGallery()
const gallery = stage && model ? await captionGallery(before, { stage, model }) : before
await writeGallery(gallery)
await writeFile(pagePath, renderPage(gallery))
