export type DecodeOptions = {
  images: number
  start: number
  end: number
  /** Most tokens of a hypothesis, the end token included; so many times, at most, is the model asked. */
  maxLength: number
  method: DecodingMethod
}

export type DecodingMethod = GreedyMethod | BeamMethod | SampleMethod

type GreedyMethod = { kind: 'greedy' } & Rules

export type BeamMethod = {
  kind: 'beam'
  /** Open hypotheses of an image. */
  width: number
  /** The α of Σ log p / length^α; 1 if left out. Above 1 favours long captions, 0 short ones. */
  lengthPenalty?: number
  /** Hypotheses returned for an image, at most `width`; 1 if left out. */
  count?: number
  /**
   * true, as if left out: stop once `width` hypotheses have ended. false: go on until no open hypothesis
   * could come to a better score than the `count` best that have.
   */
  earlyStop?: boolean
} & Rules

export type SampleMethod = {
  kind: 'sample'
  /** Image i draws from seed + i, whatever else is in the batch: alone with that seed it gets the same. */
  seed: number
  /** Draws from p^(1/temperature); 1 if left out. */
  temperature?: number
  /** Draws from the k most probable tokens only. */
  topK?: number
  /** Draws from the nucleus only: the fewest tokens, most probable first, that hold so much of what topK left. */
  topP?: number
  /** Samples of an image; 1 if left out. The same caption may be drawn twice. */
  count?: number
} & Rules

/** What a hypothesis must not look like, whichever method looks for it. */
export type Rules = {
  repetition?: Repetition
  /** Fewest tokens of a hypothesis, the end token not counted. */
  minLength?: number
  /** Tokens that are never produced: padding, start, unknown. */
  banned?: readonly number[]
}

type Repetition = {
  /** A token never directly follows itself. */
  noImmediate?: boolean
  /** No sequence of so many tokens comes twice. */
  noRepeatNgram?: number
  /** Makes tokens that were said less probable (above 1) or more (below 1). */
  penalty?: number
}
