/** A chat completion, as OpenAI and those who speak its dialect give it. */
export const makeCompletion = (message: object, finish_reason: string | null = 'stop') => ({
  body: { choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }] },
})
