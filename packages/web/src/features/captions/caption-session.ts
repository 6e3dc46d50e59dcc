import type { MissingStyle } from '@descry/contract'
import { createContext, useContext } from 'react'
import type { Request } from './single/create-request.ts'

/** Work in progress outlives the page that started it, so its state is kept above the routes. */
export type CaptionSession = {
  request: Request
  /** Whether captions that this page asked for existed before, by id. Only the response says so. */
  reused: Map<string, boolean>
  /** Styles that nobody could write when this page asked for captions of an image, by its id. */
  missing: Map<string, readonly MissingStyle[]>
}

export const CaptionSessionContext = createContext<CaptionSession | undefined>(undefined)

export function useCaptionSession(): CaptionSession {
  const session = useContext(CaptionSessionContext)
  if (!session) throw new Error('useCaptionSession needs a CaptionSessionContext above it.')
  return session
}
