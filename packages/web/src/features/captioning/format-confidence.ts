/** How sure the captioner says it is. */
export const formatConfidence = (confidence: number) => `${Math.round(confidence * 100)} % sure`

/** What that means, in words. */
export const explainConfidence = (confidence: number) =>
  `about ${Math.round(confidence * 100)} % of its words are words that people, too, would use`
