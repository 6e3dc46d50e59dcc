import { describeConfidence } from '@descry/contract'

/** What a captioner's confidence means, in words. */
export function explainConfidence(confidence: number): string {
  const inTen = Math.round(confidence * 10)
  return (
    `${describeConfidence(confidence)}: of ten captions like this about ${inTen} describe their ` +
    'picture as well as people do'
  )
}
