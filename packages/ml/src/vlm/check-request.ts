import { VlmError } from './vlm-error.ts'
import { florenceTasks, type VlmFamily, vlmFamilies } from './vlm-families.ts'
import type { VlmRequest } from './vlm-messages.ts'

/**
 * Refuses what the model would not do. transformers.js says nothing: it draws one beam whatever
 * `num_beams` is, and has `top_p` in its settings only.
 */
export function checkRequest(
  { task, prompt, sampling = {}, maxTokens }: VlmRequest,
  { name, family }: { name: string; family: VlmFamily },
): void {
  const refuse = (why: string): never => {
    throw new VlmError('unsupported-option', `${name} ${why}`)
  }
  const { told } = vlmFamilies[family]
  if (task !== undefined && told !== 'task') refuse('knows no tasks.')
  if (task !== undefined && !florenceTasks.includes(task)) {
    refuse(`cannot do ${task}; it can do ${florenceTasks.join(', ')}.`)
  }
  if (prompt !== undefined && told !== 'prompt') refuse('follows no instructions: give no prompt.')
  if (!prompt?.trim() && told === 'prompt') refuse('needs a prompt that says what to write.')

  const given = Object.entries(sampling).filter(([, value]) => value !== undefined)
  const other = given.map(([option]) => option).filter((option) => !honoured.includes(option))
  if (other.length > 0)
    refuse(`does not take ${other.join(', ')}; it takes ${honoured.join(', ')}.`)
  const { temperature = 1, topK = 1 } = sampling
  if (!(temperature >= 0 && temperature <= 2))
    refuse(`takes a temperature from 0 to 2, not ${temperature}.`)
  if (!isCount(topK)) refuse(`takes a whole number from 1 on as topK, not ${topK}.`)
  if (!isCount(maxTokens)) refuse(`takes a whole number from 1 on as maxTokens, not ${maxTokens}.`)
}

const honoured = ['temperature', 'topK']

const isCount = (value: number) => Number.isInteger(value) && value >= 1
