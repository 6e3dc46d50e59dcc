import type { Style } from '@descry/contract'

/** What a caption has to be. `language` is a BCP 47 tag, English where none is given. */
export type Requirements = {
  style: Style
  trigger?: string | undefined
  language?: string | undefined
  prompt?: string | undefined
}

export type Reply = { text: string; finish?: 'stop' | 'length' | undefined }

/** The text as repaired, and the other views of the reply that rules look at. */
export type ReplyViews = {
  text: string
  /** Without its wrapping, but not yet brought into the form of the style. */
  unwrapped: string
  /** `text` with what it quotes blanked out: what a sign says is no word of the model. */
  outside: string
  /** As it came, but for white space at its ends. */
  raw: string
}

/** A rule: what is wrong in one sentence, or `undefined`. */
export type FindFault = (
  reply: ReplyViews,
  requirements: Requirements & Pick<Reply, 'finish'>,
) => string | undefined
