import type { CaptionOptions, CaptionResponse, Client } from '@descry/contract'
import { createStore, type Store } from '../../../lib/store.ts'
import { findFileProblem } from './find-file-problem.ts'

export type ImageSource = { file: File } | { url: string }

/** One image on its way to words, on this page. */
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
  /** The local picture of the last image, to show until the server's copy is loaded. */
  preview: Store<{ imageId: string; url: string } | undefined>
  /** The answer, or nothing when it failed or another image took its place. */
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

  async function ask(source: ImageSource, options: Partial<CaptionOptions>) {
    const { signal } = controller
    if ('url' in source) return client.createCaptions({ image: source, options }, { signal })
    const refusal = findFileProblem(source.file)
    if (refusal) throw refusal
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
        const answer = await ask(source, options)
        if (signal.aborted) return undefined
        if (previewUrl) preview.set({ imageId: answer.image.id, url: previewUrl })
        state.set({ phase: 'idle' })
        return answer
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
