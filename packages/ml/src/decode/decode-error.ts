/** Options that cannot be honoured, or a model whose answers are not logits. Says what was found and what to do. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError'
}
