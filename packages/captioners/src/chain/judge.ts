import type { CaptionOutput } from '../captioner/captioner.ts'
import { toStorable } from '../captioner/to-storable.ts'
import type { ChainWish } from './chain-request.ts'

/** Decides whether an answer may be stored as a caption, and in which words. */
export type Judge = (output: CaptionOutput, wish: ChainWish) => Verdict | Promise<Verdict>

type Verdict =
  | { kind: 'pass'; text: string }
  | {
      kind: 'fail'
      outcome: 'empty' | 'refused' | 'truncated' | 'unfit' | 'bad-answer'
      reason: string
    }

/** A judge that looks only at what has words, and whose words can be stored. */
export const judgeWords =
  (judge: Judge = judgeEnd): Judge =>
  async (output, wish) => {
    const text = cleanText(output.text)
    const verdict = text ? await judge({ ...output, text }, wish) : EMPTY
    if (verdict.kind === 'fail') return verdict
    const kept = cleanText(verdict.text)
    return kept ? { kind: 'pass', text: kept } : EMPTY
  }

const judgeEnd: Judge = ({ text, finish }) =>
  finish === 'length'
    ? { kind: 'fail', outcome: 'truncated', reason: 'It was cut off at the limit of tokens.' }
    : { kind: 'pass', text }

const EMPTY: Verdict = { kind: 'fail', outcome: 'empty', reason: 'It has no text.' }

const cleanText = (text: string) => toStorable(text).trim()
