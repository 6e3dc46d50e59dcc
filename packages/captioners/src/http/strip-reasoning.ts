/**
 * What a reasoning model thought is no part of its answer. Some servers leave it in the text: whole,
 * cut off by the limit of tokens, or without its opening mark, which then was in their prompt.
 */
export function stripReasoning(text: string): string {
  return text
    .replace(/<(think|thinking)>[\s\S]*?(<\/\1>|$)/gi, '')
    .replace(/◁think▷[\s\S]*?(◁\/think▷|$)/g, '')
    .replace(/^[\s\S]*(<\/(think|thinking)>|◁\/think▷)/i, '')
    .trim()
}
