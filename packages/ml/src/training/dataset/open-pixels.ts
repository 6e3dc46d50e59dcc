import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { DataError } from './data-error.ts'

/** Opens `pixels.rgb` of a folder: `count` squares of RGB bytes, one after the other. */
export function openPixels(
  folder: string,
  { imageSize, count }: { imageSize: number; count: number },
) {
  const path = join(folder, 'pixels.rgb')
  const length = bytesPerPicture({ imageSize })
  let file: number | undefined = openSync(path, 'r')
  return {
    readPixels(index: number, into: Uint8Array): void {
      if (file === undefined) throw new Error(`${path} is closed.`)
      if (!(index >= 0 && index < count)) {
        throw new RangeError(`There is no image ${index} in ${path}.`)
      }
      if (into.length !== length) throw new RangeError(`${into.length} bytes instead of ${length}.`)
      for (let done = 0; done < length; ) {
        const read = readSync(file, into, done, length - done, index * length + done)
        if (read === 0) throw new DataError(`${path} became shorter while in use. Make it again.`)
        done += read
      }
    },
    close(): void {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

export const bytesPerPicture = ({ imageSize }: { imageSize: number }): number =>
  imageSize * imageSize * 3
