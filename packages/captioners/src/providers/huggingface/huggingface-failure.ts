import {
  InferenceClientError,
  InferenceClientInputError,
  InferenceClientRoutingError,
} from '@huggingface/inference'
import { CaptionerFailure } from '../../captioner/captioner-failure.ts'
import { nameOf, type Target } from '../../captioner/target.ts'
import { badAnswer, ODD_FORM } from '../../http/bad-answer.ts'

/** What an error of Hugging Face's SDK means; those of the network come from `fetchJson`. */
export function huggingFaceFailure(target: Target, error: unknown): unknown {
  if (!(error instanceof InferenceClientError)) return error
  const unasked =
    error instanceof InferenceClientInputError || error instanceof InferenceClientRoutingError
  if (!unasked) return badAnswer(target, ODD_FORM)
  const message = `${nameOf(target)} cannot be asked: ${error.message}`
  return new CaptionerFailure('bad-request', message)
}
