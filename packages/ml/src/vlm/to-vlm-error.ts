import { RuntimeFailure } from '../runtime/runtime-failure.ts'
import { VlmError } from './vlm-error.ts'

/** What failed while the model computed, by what a caller can do about it. */
export function toVlmError(error: unknown): VlmError {
  const known = toKnown(error)
  if (known) return known
  return new VlmError('run-failed', `The model failed while it computed: ${textOf(error)}`)
}

/** What failed while it was loaded. */
export function toLoadError(
  error: unknown,
  { name, folder }: { name: string; folder: string },
): VlmError {
  const known = toKnown(error)
  if (known) return known
  return new VlmError(
    'model-damaged',
    `${name} cannot be loaded from ${folder}: ${textOf(error)} ` +
      'See what is wrong with `npx descry models verify`, and pull it again.',
  )
}

function toKnown(error: unknown): VlmError | undefined {
  if (error instanceof VlmError) return error
  if (error instanceof RuntimeFailure && error.code === 'device-absent') {
    return new VlmError('device-absent', error.message)
  }
  if (!OUT_OF_MEMORY.test(textOf(error))) return undefined
  return new VlmError(
    'out-of-memory',
    `There is not enough memory for the model: ${textOf(error)} ` +
      'Close what else runs, or pull a smaller model or number format.',
  )
}

/** In the words of C++, of ONNX Runtime, and of V8. */
const OUT_OF_MEMORY =
  /bad_alloc|out of memory|failed to allocate memory|available memory of|array buffer allocation failed/i

/** ONNX Runtime's messages can have many lines; the first says what, in what file. */
function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const line = text.trim().split('\n')[0]!.slice(0, 500)
  return /[.!?]$/.test(line) ? line : `${line}.`
}
