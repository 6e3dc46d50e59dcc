import type { Output } from './command.ts'

/** Writes what a command found. Quiet when nobody reads any more, as after `| head`. */
export async function writeResult(stdout: Output, text: string): Promise<void> {
  const ignore = () => {} // the same error comes to the callback
  stdout.on('error', ignore)
  const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
    stdout.write(text, resolve)
  })
  stdout.off('error', ignore)
  if (!error || error.code === 'EPIPE') return
  throw new OutputError(`The result could not be written (${error.code}).`, { cause: error })
}

/** Where the result should go took it not, for instance a full disk. */
class OutputError extends Error {
  override readonly name = 'OutputError'
}
