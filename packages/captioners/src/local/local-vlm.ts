import type { Outcome, SettingsOfKind, Style } from '@descry/contract'
import {
  type Device,
  type FlorenceTask,
  florenceTasks,
  getVlm,
  HubError,
  type HubSettings,
  type OpenVlm,
  openVlm,
  type VlmCaption,
  VlmError,
  type VlmErrorCode,
  type VlmRequest,
  vlmFamilies,
} from '@descry/ml'
import type { Captioner, CaptionInput, CaptionOutput } from '../captioner/captioner.ts'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { ownSampling, type SamplingRules, samplingFor } from '../captioner/sampling-rules.ts'

type Options = {
  /** Where pulled models lie. Nothing is downloaded here. */
  hub: Pick<HubSettings, 'folder'>
  device?: Device
  open?: typeof openVlm
}

/**
 * Captions with a vision-language model that `descry models pull` brought, in a thread of this process
 * that the first caption starts. Fails with `CaptionerFailure` when the model is not there.
 */
export async function localVlmCaptioner(
  settings: SettingsOfKind<'local-vlm'>,
  { hub, device = 'cpu', open = openVlm }: Options,
): Promise<Captioner> {
  const { name, model, price, limits, timeoutSeconds } = settings
  const { family, dtypes, folder, version } = await getVlm(hub, model).catch((error) => {
    throw toFailure(error)
  })
  const { styles, told } = vlmFamilies[family]
  const target = { model, host: 'this machine' }
  const own = ownSampling(rules, settings.sampling, target)
  let opened: Promise<OpenVlm> | undefined

  return {
    name,
    kind: 'local-vlm',
    description: `${model} on this machine`,
    styles: [...styles],
    takesInstructions: told === 'prompt',
    sees: true,
    parent: null,
    sendsPixelsTo: null,
    modelVersion: version,
    // They would wait in the thread, and their deadlines would not.
    limits: { parallel: 1, ...limits },
    price,
    timeoutMs: timeoutSeconds * 1000,
    sampling: own,

    async caption(input, signal) {
      const sampling = samplingFor(rules, { own, requested: input.sampling }, target)
      const request = { ...wordsFor(told, input, model), ...toRequest(sampling) }
      try {
        const vlm = await openOnce()
        return toOutput(await vlm.caption(input.file, request, signal), model)
      } catch (error) {
        signal.throwIfAborted()
        throw toFailure(error)
      }
    },
    async dispose() {
      const vlm = await opened?.catch(() => undefined)
      await vlm?.dispose()
    },
  }

  function openOnce(): Promise<OpenVlm> {
    if (opened) return opened
    const opening = open(folder, { name: model, family, dtypes, device })
    opening.catch(() => {
      opened = undefined // the next caption tries again
    })
    opened = opening
    return opening
  }
}

/** The most probable words, unless somebody asks for others: the same picture then gets the same text. */
const rules: SamplingRules = {
  takes: ['temperature', 'topK', 'maxTokens'],
  defaults: ['maxTokens'],
}

const toRequest = ({ maxTokens = 200, ...sampling }: CaptionInput['sampling']) => ({
  maxTokens,
  sampling,
})

/**
 * What the model is told. A prompt that is the name of a task reaches those of Florence-2 that no style
 * asks for.
 */
function wordsFor(
  told: (typeof vlmFamilies)[keyof typeof vlmFamilies]['told'],
  { style, prompt }: CaptionInput,
  model: string,
): Pick<VlmRequest, 'task' | 'prompt'> {
  if (told === 'prompt') return { prompt }
  if (told === 'nothing' && style === 'concise') return {}
  const task = florenceTasks.find((name) => name === prompt) ?? taskOf[style]
  if (told === 'task' && task) return { task }
  throw new CaptionerFailure('bad-request', `${model} does not write texts of the style ${style}.`)
}

/** Its tasks describe; none of them writes what `creative` and `alt` promise. */
const taskOf: Partial<Record<Style, FlorenceTask>> = {
  concise: '<CAPTION>',
  training: '<MORE_DETAILED_CAPTION>',
}

function toOutput({ text, finish, usage }: VlmCaption, model: string): CaptionOutput {
  if (text) return { text, finish, usage }
  throw new CaptionerFailure('empty', `${model} had no words for this image.`)
}

function toFailure(error: unknown): unknown {
  const known = error instanceof VlmError || error instanceof HubError
  if (!known) return error
  const outcome = error instanceof VlmError ? outcomes[error.code] : 'bad-request'
  return new CaptionerFailure(outcome, error.message, { cause: error })
}

const outcomes = {
  'not-pulled': 'bad-request',
  'unsupported-model': 'bad-request',
  'model-missing': 'bad-request',
  'model-damaged': 'bad-request',
  'device-absent': 'bad-request',
  'unsupported-option': 'bad-request',
  'unreadable-image': 'unsupported-image',
  'out-of-memory': 'unreachable',
  'run-failed': 'unreachable',
  'thread-died': 'unreachable',
  disposed: 'unreachable',
} as const satisfies Record<VlmErrorCode, Outcome>
