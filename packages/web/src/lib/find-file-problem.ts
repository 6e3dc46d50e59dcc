/**
 * Why a file cannot be captioned, as far as the browser is sure: a file without a type (such as HEIC on many
 * systems) is left to the server, which looks at its bytes.
 */
export function findFileProblem({
  name,
  type,
  size,
}: Pick<File, 'name' | 'type' | 'size'>): Error | undefined {
  if (size === 0) return new Error(`“${name}” is an empty file.`)
  if (type !== '' && !type.startsWith('image/')) {
    return new Error(`“${name}” is not an image (${type}). It was not uploaded.`)
  }
  return undefined
}
