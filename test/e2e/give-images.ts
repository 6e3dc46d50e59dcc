import type { Page } from 'playwright-core'
import type { ImageFile } from './make-image.ts'

export const pickImages = (page: Page, images: ImageFile[]) =>
  page.locator('input[type=file][multiple]').setInputFiles(images)

export const dropImages = (page: Page, images: ImageFile[]) => give(page, images, 'drop')

export const pasteImages = (page: Page, images: ImageFile[]) => give(page, images, 'paste')

/** Files as an event of the browser carries them. */
function give(page: Page, images: ImageFile[], kind: 'drop' | 'paste') {
  const files = images.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    base64: buffer.toString('base64'),
  }))
  return page.evaluate(
    ({ files, kind }) => {
      const transfer = new DataTransfer()
      for (const { name, mimeType, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        transfer.items.add(new File([bytes], name, { type: mimeType }))
      }
      const event =
        kind === 'drop'
          ? new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', {
              clipboardData: transfer,
              bubbles: true,
              cancelable: true,
            })
      document.body.dispatchEvent(event)
    },
    { files, kind },
  )
}
