import { Usage } from '@descry/contract'
import type { CaptionOutput } from '../captioner/captioner.ts'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { nameOf, type Target } from '../captioner/target.ts'
import { badAnswer } from './bad-answer.ts'
import type { ReplyEnd } from './end-of-reply.ts'
import { stripReasoning } from './strip-reasoning.ts'

/** The answer of a model that follows instructions, as all providers give it. */
export type ModelReply = {
  text: string
  end: ReplyEnd
  /** The provider's own word for that. */
  reason?: string | undefined
  usage: { inputTokens?: number | undefined; outputTokens?: number | undefined }
}

/** Only words about the image are a caption; all else is a failure that says what it was. */
export function captionFromReply(target: Target, reply: ModelReply): CaptionOutput {
  const { text, end, usage } = reply
  if (end === 'refused') throw refused(target, text)
  if (end === 'blocked') throw blocked(target, text)
  if (end === 'broken-off' && !isCall(reply)) throw brokenOff(target, reply)
  const caption = stripReasoning(text)
  if (!caption) throw empty(target, { text, end })
  const counted = countTokens(usage)
  return {
    text: caption,
    ...((end === 'stop' || end === 'length') && { finish: end }),
    ...(counted && { usage: counted }),
  }
}

/** What is not told counts as none; without any number that makes sense, nothing is known. */
function countTokens({ inputTokens, outputTokens }: ModelReply['usage']): Usage | undefined {
  if (inputTokens === undefined && outputTokens === undefined) return undefined
  const counted = { inputTokens: inputTokens ?? 0, outputTokens: outputTokens ?? 0 }
  return Usage.safeParse(counted).data
}

const refused = (target: Target, reply: string) =>
  new CaptionerFailure(
    'refused',
    `${nameOf(target)} declined to describe this image. Write this caption yourself, or choose another captioner.`,
    { reply },
  )

const blocked = (target: Target, reply: string) =>
  new CaptionerFailure(
    'blocked',
    `${nameOf(target)} gave no caption, because its content filter stopped the image or the answer. Write this caption yourself, or choose another captioner.`,
    { reply },
  )

/** It called a tool, and said nothing: that is no text, and no fault of the connection. */
const isCall = ({ text, reason = '' }: ModelReply) => !text.trim() && /tool|function/i.test(reason)

/** What there is of it may look like a whole caption, and is none. */
const brokenOff = (target: Target, { text, reason }: Pick<ModelReply, 'text' | 'reason'>) =>
  badAnswer(target, `with a text that it broke off (${reason}). Try again later`, { reply: text })

function empty(target: Target, { text, end }: Pick<ModelReply, 'text' | 'end'>) {
  const why =
    end === 'length'
      ? ': it used up its tokens before, on thinking perhaps. Raise maxTokens.'
      : '. Try again, or choose another captioner.'
  return new CaptionerFailure('empty', `${nameOf(target)} answered without text${why}`, {
    reply: text,
  })
}
