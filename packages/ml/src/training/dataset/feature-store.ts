import { statSync } from 'node:fs'
import { fromFloat16 } from '../../graph/float16.ts'
import { DataError } from './data-error.ts'
import { openRandomAccess } from './random-access-file.ts'

/** What a frozen network made of each picture of a prepared dataset. */
export type FeatureStore = {
  /** Names the network and the pictures: other features have another id. */
  id: string
  tokens: number
  channels: number
  /** Fills `into`, tokens · channels values. */
  read(index: number, into: Float32Array): void
  close(): void
}

export type FeatureShape = { tokens: number; channels: number }

/** Of one picture, in half precision. */
export const featureBytes = ({ tokens, channels }: FeatureShape): number => tokens * channels * 2

/** Opens a file of [images, tokens, channels] float16. */
export function openFeatureStore(
  path: string,
  { id, images, tokens, channels }: FeatureShape & { id: string; images: number },
): FeatureStore {
  const length = featureBytes({ tokens, channels })
  const { size } = statSync(path)
  if (size !== images * length) {
    throw new DataError(
      `${path} has ${size} bytes instead of ${images * length}. Delete it; it will be made again.`,
    )
  }
  const bytes = new Uint8Array(length)
  const file = openRandomAccess(path)
  return {
    id,
    tokens,
    channels,
    read(index, into) {
      file.read(bytes, index * length)
      into.set(fromFloat16(new Uint16Array(bytes.buffer)))
    },
    close: file.close,
  }
}
