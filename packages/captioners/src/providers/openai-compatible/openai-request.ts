type Body = Record<string, unknown>

/** On OpenAI's own servers: models that think first, and then take neither temperature nor topP. */
export const thinksFirst = (model: string) =>
  /^(o\d|gpt-([5-9]|\d\d))/.test(model) && !/^gpt-[\d.]+-chat/.test(model)

/**
 * A request of the dialect as OpenAI's own servers want it, whose newer models refuse `max_tokens`.
 * A caption needs little thought.
 */
export function toOpenAI({ max_tokens, ...body }: Body): Body {
  const effort = thinksFirst(String(body.model)) && { reasoning_effort: 'low' }
  return { ...body, max_completion_tokens: max_tokens, ...effort }
}
