import { join } from 'node:path'
import { openRandomAccess } from './random-access-file.ts'

/** Opens `pixels.rgb` of a folder: `count` squares of RGB bytes, one after the other. */
export function openPixels(
  folder: string,
  { imageSize, count }: { imageSize: number; count: number },
) {
  const path = join(folder, 'pixels.rgb')
  const length = bytesPerPicture({ imageSize })
  const file = openRandomAccess(path)
  return {
    readPixels(index: number, into: Uint8Array): void {
      if (!(index >= 0 && index < count)) {
        throw new RangeError(`There is no image ${index} in ${path}.`)
      }
      if (into.length !== length) throw new RangeError(`${into.length} bytes instead of ${length}.`)
      file.read(into, index * length)
    },
    close: file.close,
  }
}

export const bytesPerPicture = ({ imageSize }: { imageSize: number }): number =>
  imageSize * imageSize * 3
