/** How a model's answer ended. `unknown`: nobody said; `broken-off`: for a reason that is no good one. */
export type ReplyEnd = 'stop' | 'length' | 'refused' | 'blocked' | 'broken-off' | 'unknown'

/**
 * What a provider's word for the end of an answer means. Words that are not known say that it was broken
 * off: servers have many for that (`error`, `abort`, `insufficient_system_resource`), and few for a good
 * end. No word at all is no reason for doubt.
 */
export function endOfReply(reason: string | null | undefined): ReplyEnd {
  const word = (reason ?? '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  if (unsaid.has(word)) return 'unknown'
  return ends.get(word.replace(/^(finish_)?reason_/, '')) ?? 'broken-off'
}

/** Some write the absence of a reason as a word; `unspecified` is Google's for a field that is not set. */
const unsaid = new Set(['', 'null', 'none', 'undefined', 'finish_reason_unspecified'])

/** In lower case, with underscores. Of OpenAI, Google, Anthropic, AWS, Hugging Face, Mistral, Cohere, xAI, Zhipu, IBM. */
const words: Partial<Record<ReplyEnd, string>> = {
  stop: 'stop stopped end eos eos_token stop_token stop_sequence stop_word end_turn end_of_text end_of_turn endoftext complete completed finish finished done success',
  length:
    'length max_tokens max_length max_len max_context max_output_tokens max_new_tokens max_completion_tokens max_tokens_reached model_length model_context_window_exceeded context_length_exceeded context_length token_limit continuation',
  refused: 'refusal refused',
  blocked:
    'content_filter content_filtered content_filtering guardrail_intervened safety recitation blocklist prohibited_content spii image_safety image_prohibited_content image_recitation model_armor moderation sensitive flagged error_toxic',
}

const ends = new Map(
  Object.entries(words).flatMap(([end, list]) =>
    list.split(' ').map((word) => [word, end as ReplyEnd] as const),
  ),
)
