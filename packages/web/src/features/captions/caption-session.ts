import { createContext, useContext } from 'react'
import type { Batch } from './batch/create-batch.ts'
import type { Request } from './request/create-request.ts'

/** Work in hand outlives the page that started it, so it lives above the routes. */
export type Captioning = {
  batch: Batch
  request: Request
  /** Captions this page asked for, by id: did they exist before? Only an answer tells. */
  reused: Map<string, boolean>
}

export const CaptioningContext = createContext<Captioning | undefined>(undefined)

export function useCaptioning(): Captioning {
  const captioning = useContext(CaptioningContext)
  if (!captioning) throw new Error('useCaptioning needs a CaptioningContext above it.')
  return captioning
}
