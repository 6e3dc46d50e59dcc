export type FailedFile = { file: string; error: { code: string; message: string } }

/** One failed file never stops the rest, so whatever went wrong becomes a line of the output. */
export function toFailedFile(file: string, error: unknown): FailedFile {
  if (!(error instanceof Error))
    return { file, error: { code: 'internal', message: String(error) } }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'internal'
  return { file, error: { code, message: error.message } }
}
