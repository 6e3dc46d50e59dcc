import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { env, LogLevel } from '@huggingface/transformers'
import { loadFlorence2 } from './load-florence-2.ts'
import { loadSmolvlm } from './load-smolvlm.ts'
import { loadVitGpt2 } from './load-vit-gpt2.ts'
import { readImage } from './read-image.ts'
import { toLoadError } from './to-vlm-error.ts'
import type { VlmCore, VlmSource } from './vlm-core.ts'
import { listGraphFiles } from './vlm-dtypes.ts'
import { VlmError } from './vlm-error.ts'
import { type VlmFamily, vlmFamilies } from './vlm-families.ts'
import type { VlmCaption, VlmImage, VlmLoading, VlmRequest } from './vlm-messages.ts'

export type LoadedVlm = {
  caption(image: VlmImage, request: VlmRequest, signal: AbortSignal): Promise<VlmCaption>
}

/** Runs on the thread that calls it, and stops everything else there. */
export async function loadVlm(loading: VlmLoading): Promise<LoadedVlm> {
  const { folder, family, dtypes, device, threads } = loading
  keepOffline()
  await requireFiles(loading)
  try {
    const core = await loaders[family]({
      folder,
      options: {
        device,
        dtype: { ...dtypes },
        local_files_only: true,
        // The same as for our own models: see `toOrtOptions`.
        session_options: {
          intraOpNumThreads: threads,
          logSeverityLevel: 4,
          extra: { session: { intra_op: { allow_spinning: '0' } } },
        },
      },
    })
    return {
      async caption(image, request, signal) {
        const picture = await readImage(image)
        return await core(picture, request, signal)
      },
    }
  } catch (error) {
    throw toLoadError(error, loading)
  }
}

const loaders: Record<VlmFamily, (place: VlmSource) => Promise<VlmCore>> = {
  'vit-gpt2': loadVitGpt2,
  'florence-2': loadFlorence2,
  smolvlm: loadSmolvlm,
}

/** The library reads the folder it is given, and nothing else; it writes nothing. */
function keepOffline(): void {
  env.allowRemoteModels = false
  env.useFSCache = false
  env.useBrowserCache = false
  env.useWasmCache = false
  env.fetch = async (url) => {
    throw new VlmError('model-missing', `A model asks for ${url}; it may read its folder only.`)
  }
  env.logLevel = LogLevel.NONE // all errors are thrown as well
}

/** First: where a graph is missing, the library fails in a promise that nobody holds, and the thread dies. */
async function requireFiles({ name, folder, family, dtypes }: VlmLoading): Promise<void> {
  for (const path of [...vlmFamilies[family].files, ...listGraphFiles(dtypes)]) {
    const found = await stat(join(folder, path)).catch(() => undefined)
    if (found?.isFile()) continue
    throw new VlmError(
      'model-missing',
      `${path} of ${name} is not in ${folder}. Pull the model again.`,
    )
  }
}
