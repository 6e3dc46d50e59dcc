/** How sure the captioner says it is. */
export const formatConfidence = (confidence: number) => `${Math.round(confidence * 100)} % sure`
