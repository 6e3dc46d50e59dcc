import type { CaptionOptions, CaptionResponse, Client } from '@descry/contract'
import { findFileProblem } from '../../../lib/find-file-problem.ts'
import { createStore, type Store } from '../../../lib/store.ts'

export type ImageSource = { file: File } | { url: string }

/** One image that this page is captioning. */
export type RequestState =
  | { phase: 'idle' }
  | {
      phase: 'working' | 'failed'
      source: ImageSource
      options: Partial<CaptionOptions>
      previewUrl: string | undefined
      error?: unknown
    }

export type Request = {
  state: Store<RequestState>
  /** A local URL of the last image, shown until the copy of the server is loaded. */
  preview: Store<{ imageId: string; url: string } | undefined>
  /** Returns the response, or nothing if the request failed or was replaced by another. */
  send: (
    source: ImageSource,
    options: Partial<CaptionOptions>,
  ) => Promise<CaptionResponse | undefined>
  dismiss: () => void
}

export function createRequest({ client }: { client: Pick<Client, 'createCaptions'> }): Request {
  const state = createStore<RequestState>({ phase: 'idle' })
  const preview = createStore<{ imageId: string; url: string } | undefined>(undefined)
  let controller = new AbortController()

  async function requestCaption(source: ImageSource, options: Partial<CaptionOptions>) {
    const { signal } = controller
    if ('url' in source) return client.createCaptions({ image: source, options }, { signal })
    const problem = findFileProblem(source.file)
    if (problem) throw problem
    const image = { file: source.file, name: source.file.name }
    return client.createCaptions({ image, options }, { signal })
  }

  return {
    state,
    preview,
    send: async (source, options) => {
      controller.abort()
      controller = new AbortController()
      const { signal } = controller
      const previewUrl = 'file' in source ? URL.createObjectURL(source.file) : undefined
      state.set({ phase: 'working', source, options, previewUrl })
      try {
        const response = await requestCaption(source, options)
        if (signal.aborted) return undefined
        if (previewUrl) preview.set({ imageId: response.image.id, url: previewUrl })
        state.set({ phase: 'idle' })
        return response
      } catch (error) {
        if (!signal.aborted) state.set({ phase: 'failed', source, options, previewUrl, error })
        return undefined
      }
    },
    dismiss: () => {
      controller.abort()
      state.set({ phase: 'idle' })
    },
  }
}
