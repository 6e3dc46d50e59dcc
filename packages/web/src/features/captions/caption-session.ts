import { createContext, useContext } from 'react'
import type { Batch } from './batch/create-batch.ts'
import type { Request } from './request/create-request.ts'

/** Work in hand outlives the page that started it, so it lives above the routes. */
export type CaptionSession = {
  batch: Batch
  request: Request
  /** Captions this page asked for, by id: did they exist before? Only an answer tells. */
  reused: Map<string, boolean>
}

export const CaptionSessionContext = createContext<CaptionSession | undefined>(undefined)

export function useCaptionSession(): CaptionSession {
  const session = useContext(CaptionSessionContext)
  if (!session) throw new Error('useCaptionSession needs a CaptionSessionContext above it.')
  return session
}
