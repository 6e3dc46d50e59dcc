import {
  ask,
  buildCaptioner,
  type Captioner,
  CaptionerFailure,
  checkAnswer,
  fillPrompt,
  testPicture,
} from '@descry/captioners'
import { CaptionerSettings, type CaptionerSetup, type CaptionerTest } from '@descry/contract'
import { ModelError } from '@descry/ml'
import type { Caller } from '../access/caller.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { keyFor } from './configured-captioners.ts'

type TryDeps = Pick<Deps, 'config' | 'db' | 'captioners' | 'secrets' | 'normalizeImage'>

/** Asks a captioner once, saved or not, for a caption of a picture of ours: its answer, or its error. */
export async function tryCaptioner(
  caller: Caller,
  deps: TryDeps,
  setup: CaptionerSetup,
  signal: AbortSignal,
): Promise<CaptionerTest> {
  const started = performance.now()
  const passed = () => Math.round(performance.now() - started)
  let captioner: Captioner | undefined
  try {
    const settings = CaptionerSettings.parse(setup.settings)
    const apiKey = await keyFor(caller, deps, setup)
    captioner = await buildCaptioner(settings, { ...deps.config, apiKey })
    return { ...(await askOnce(captioner, deps, signal)), ms: passed() }
  } catch (error) {
    if (signal.aborted) throw error
    return { ...toFailed(error), ms: passed() }
  } finally {
    await captioner?.dispose?.()
  }
}

async function askOnce(
  captioner: Captioner,
  { normalizeImage }: TryDeps,
  signal: AbortSignal,
): Promise<Omit<CaptionerTest, 'ms'>> {
  const style = captioner.styles[0] ?? 'concise'
  const picture = await normalizeImage(testPicture())
  const prompt = fillPrompt(undefined, { style, trigger: 'subject' })
  const sampling = captioner.sampling ?? {}
  const input = { ...picture, style, prompt, sampling, force: true } // our picture is a drawing
  const answer = await ask(captioner, input, { signal })
  if ('failure' in answer) throw answer.failure
  const { output } = answer
  const verdict = await checkAnswer(output, input)
  const usage = output.usage ?? null
  if (verdict.kind === 'pass') {
    const text = verdict.text.slice(0, LONGEST_TEXT).toWellFormed()
    return { text, outcome: null, message: null, reply: null, usage }
  }
  const failure = new CaptionerFailure(verdict.outcome, verdict.reason, { reply: output.text })
  return { ...toFailed(failure), usage }
}

/** Enough to judge a captioner by; the same as is kept of a reply that is no caption. */
const LONGEST_TEXT = 2000

function toFailed(error: unknown): Omit<CaptionerTest, 'ms'> {
  const none = { text: null, usage: null }
  if (error instanceof CaptionerFailure) {
    const { outcome, message, reply = null } = error
    return { ...none, outcome, message, reply }
  }
  if (!(error instanceof AppError) && !(error instanceof ModelError)) throw error
  return { ...none, outcome: 'bad-request', message: error.message, reply: null }
}
