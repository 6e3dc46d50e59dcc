import type { FindFault } from './fault.ts'
import { englishRefusals } from './words/english-refusals.ts'
import { inabilities } from './words/inabilities.ts'

/**
 * A model that says it will not or cannot describe the image, before or after a description.
 * In general: someone speaking of himself, an inability, and an act of describing, in one sentence.
 */
export const findRefusal: FindFault = ({ outside }) => {
  const spoken = outside.slice(0, furthest).toLowerCase().replaceAll('’', "'")
  for (const sentence of spoken.split(/[.!?。！？؟\n]+/)) {
    const text = sentence.trim().slice(0, longestSentence)
    if (englishRefusals.some((refusal) => refusal.test(text))) return reason
    if (isAboutTask(text)) return reason
    if (inabilities.some(({ unable, act }) => unable.test(text) && act.test(text))) return reason
  }
  return undefined
}

/** Someone says no of himself and speaks of pictures or captions, and is not quoted in the scene. */
const isAboutTask = (sentence: string) =>
  myself.test(sentence) && no.test(sentence) && task.test(sentence) && !reported.test(sentence)

/** With its verb: kings and wars have an "I", too. */
const myself =
  /\bi(?:'m|'ve|'d|'ll)\b|\bi (?:am|was|can\w*|could|couldn't|do|don't|did|didn't|will|won't|would|must|have|haven't|had|need|may|might|should|only|just|also|really|refuse|decline|think|believe|prefer|avoid|never|lack|wish|want|see|regret)\b/
const no =
  /\b(?:not|no|never|none|without|unable|only|decline|refuse|sorry|skip|pass|avoid|cannot|cant|off limits|\w{2,6}n't)\b/
const task =
  /\b(?:images?|photos?|photographs?|pictures?|captions?|captioning|requests?|describ\w+|descriptions?|alt text)\b/
const reported = /\b(?:says|said|saying|asks|thinks|reads|writes|whispers|tells|seems? to)\b/

const furthest = 3000
const longestSentence = 400
const reason = 'The model refused to describe the image, or could not see it.'
