import { randomUUID } from 'node:crypto'
import type { CaptionOptions, CaptionResponse } from '@descry/contract'
import { localCaller } from './access/caller.ts'
import { requestCaption } from './captions/request-caption.ts'
import type { Config } from './config.ts'
import { storeImage } from './images/store-image.ts'
import { allKinds } from './job-list.ts'
import { openDeps } from './open-deps.ts'
import { toAppError } from './to-app-error.ts'

type Request = { bytes: Uint8Array; name: string; options: CaptionOptions }

/**
 * Captions with all that was set up in a data folder, without serving: also while a server runs on it,
 * whose limits and budgets are shared. Images and captions are stored as it does.
 */
export async function openCaptions(
  config: Config,
  { onError }: { onError: (error: unknown) => void },
) {
  const { deps, close } = await openDeps(
    { ...config, roles: ['api'] },
    { kinds: allKinds, onError },
  )

  async function caption({ bytes, name, options }: Request, signal: AbortSignal) {
    const caller = localCaller(randomUUID())
    const image = await storeImage(caller, deps, { bytes, name })
    return requestCaption(caller, deps, { image, options }, signal)
  }

  return {
    caption: (request: Request, signal: AbortSignal): Promise<CaptionResponse> =>
      caption(request, signal).catch((error) => {
        throw toAppError(error) ?? error
      }),
    close,
  }
}
