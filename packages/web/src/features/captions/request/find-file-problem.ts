/**
 * Why a file need not be sent, if so. Only what the browser is sure about: a file without a type (a
 * HEIC on many systems) goes to the server, which looks at the bytes.
 */
export function findFileProblem({
  name,
  type,
  size,
}: Pick<File, 'name' | 'type' | 'size'>): Error | undefined {
  if (size === 0) return new Error(`“${name}” is empty: it has no bytes.`)
  if (type !== '' && !type.startsWith('image/')) {
    return new Error(`“${name}” is not an image but ${type}. Nothing was sent.`)
  }
  return undefined
}
