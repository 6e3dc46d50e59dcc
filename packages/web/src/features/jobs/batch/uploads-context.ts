import { createContext, useContext } from 'react'
import { useStore } from '../../../lib/store.ts'
import type { Upload, Uploads } from './create-uploads.ts'

/** Uploads outlive the page that started them, so they are kept above the routes. */
export const UploadsContext = createContext<Uploads | undefined>(undefined)

export function useUploads(): Uploads {
  const uploads = useContext(UploadsContext)
  if (!uploads) throw new Error('useUploads needs an UploadsContext above it.')
  return uploads
}

/** The files of a batch that this page is sending, or that were refused. */
export const useUploadsOf = (id: string | undefined): readonly Upload[] =>
  useStore(useUploads().state).filter(({ batchId }) => batchId === id)
