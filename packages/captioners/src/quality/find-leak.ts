import type { FindFault } from './fault.ts'
import { deliberations } from './words/deliberations.ts'

/** What belongs to the machine: marks of its format, fields to fill in, and thinking aloud. */
export const findLeak: FindFault = ({ text, outside }) => {
  if (json.test(text)) return 'The reply is JSON, not a caption.'
  if (text.includes('```')) return 'The reply holds a mark of a code block.'
  for (const mark of marks) {
    const found = mark.exec(outside)
    if (found) return `The reply holds "${found[0].slice(0, 60).trim()}".`
  }
  const spoken = outside.slice(0, furthest).toLowerCase().replaceAll('’', "'")
  return deliberations.some((thought) => thought.test(spoken))
    ? 'The model thinks aloud or speaks of its instructions.'
    : undefined
}

const furthest = 3000
const json = /^\s{0,9}(?:\{\s{0,9}["']|\{\s{0,9}\w{1,30}\s?:|\[\s{0,9}[{"'])/

const marks = [
  // <think>, </s>, <image>, <loc_52>, <|endoftext|>, <start_of_turn>, <tool_call>, <<SYS>>
  /<{1,2}[|/]{0,2}[a-z_][\w:|.-]{0,40}(?:\s[^<>\n]{0,100})?\/?>{1,2}/i,
  /◁\/?\p{L}{1,20}▷|\[\/?(?:INST|THINK|SYS|BOS|EOS|PAD|UNK|MASK|CLS|SEP|IMG|IMAGE)\]|<[|｜][^<>\n]{1,40}[|｜]>/iu,
  // caption = "…", print("…"), <0x0A>, [0.12, 0.33], a stop mark
  /^\w{1,30}\s?=\s?["'…]|^\w{1,20}\(["'…]|^to=\w|<0x[\da-f]{2}>|\[\s?\d[\d., ]{3,60}\]|#{3,}\s?$/i,
  // {trigger}, {{alt_text}}, ${name}, %name%, [describe materials], ___
  /\{{1,2}\s?[\p{L}_][\p{L}\p{N}_ .-]{0,40}\}{1,2}|\[[\p{L}_][\p{L}\p{N}_ ,.'/-]{1,60}\](?!\()|(?<!\p{L})_{3,}|%[a-z_]{2,30}%|\$[a-z_]{3,30}\b/u,
  // Roles of a conversation
  /(?:^|\n)\s{0,4}(?:#{1,4} ?)?(?:assistant|user|human|system|ai|bot|gpt|instruction|response|input)\s?[:：]\s/i,
  /(?:^|\n)\s{0,4}(?:reasoning|analysis|thoughts?|thinking|observations?|explanation|confidence|rationale|plan|constraints?|requirements?|tone|[a-z]{2,20}_[a-z_]{2,20})\s?[:：]/i,
  /(?:^|\n)assistant(?:final|analysis)|assistantfinal|(?:^|\n)analysis(?=[A-Z])/,
  /!\[[^\]\n]{0,200}\]\(|\]\(https?:/i,
]
