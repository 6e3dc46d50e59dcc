import { Outcome } from '@descry/contract'
import type { Captioner, CaptionInput, CaptionOutput } from '../../src/captioner/captioner.ts'
import { CaptionerFailure } from '../../src/captioner/captioner-failure.ts'

/** A text, an outcome it fails with, something to throw, or anything else it should do. */
export type Act =
  | string
  | Error
  | CaptionOutput
  | ((input: CaptionInput, signal: AbortSignal) => Promise<CaptionOutput | string>)

export type ScriptedCaptioner = Captioner & {
  calls: CaptionInput[]
  /** The most requests it ever had at a time. */
  busiest: number
}

/** Plays its acts in their order, the last one for ever, and remembers what it was asked. */
export function scripted(
  name: string,
  acts: Act | Act[],
  settings: Partial<Captioner> = {},
): ScriptedCaptioner {
  const list = [acts].flat()
  const calls: CaptionInput[] = []
  let inHand = 0
  const captioner: ScriptedCaptioner = {
    name,
    kind: 'openai-compatible',
    description: 'for tests',
    styles: ['concise', 'creative', 'alt', 'training'],
    takesInstructions: true,
    sees: true,
    parent: null,
    sendsPixelsTo: null,
    modelVersion: `${name}-1`,
    calls,
    busiest: 0,
    async caption(input, signal) {
      const act = list[Math.min(calls.length, list.length - 1)] ?? ''
      calls.push(input)
      inHand += 1
      captioner.busiest = Math.max(captioner.busiest, inHand)
      try {
        return await play(act, input, signal)
      } finally {
        inHand -= 1
      }
    },
    ...settings,
  }
  return captioner
}

async function play(act: Act, input: CaptionInput, signal: AbortSignal): Promise<CaptionOutput> {
  if (act instanceof Error) throw act
  if (typeof act === 'object') return act
  if (typeof act === 'function') {
    const output = await act(input, signal)
    return typeof output === 'string' ? { text: output } : output
  }
  const outcome = Outcome.safeParse(act)
  if (outcome.success) throw new CaptionerFailure(outcome.data, `It was ${act}.`)
  return { text: act }
}

/** Answers after a while, or ends with its signal. */
export const after =
  (ms: number, text: string): Act =>
  (_input, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(text), ms)
      signal.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(signal.reason)
      })
    })

/** Answers once it is told to. */
export function untilTold(text = 'a dog on a beach'): { act: Act; answer: () => void } {
  const { promise, resolve } = Promise.withResolvers<string>()
  return { act: () => promise, answer: () => resolve(text) }
}

/** Never answers, whatever its signal says. */
export const hang: Act = () => new Promise(() => {})
