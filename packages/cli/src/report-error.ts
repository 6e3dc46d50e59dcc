import type { Output } from './command.ts'
import { UsageError } from './usage-error.ts'

/**
 * Says what ended a command and returns the exit code. Known by name, because the classes live in
 * rooms that are only loaded when a command needs them.
 */
export function reportError(
  error: unknown,
  { stderr, command }: { stderr: Output; command: string | undefined },
): number {
  if (!(error instanceof Error)) throw error
  const exitCode = exitCodes[error.name]
  stderr.write(`${exitCode === undefined ? (error.stack ?? error.message) : error.message}\n`)
  if (error instanceof UsageError) stderr.write(`${hint(error.command)}\n`)
  if (error.name === 'OptionError') stderr.write(`${hint(command)}\n`)
  return exitCode ?? 1
}

/** Errors whose message is meant for people; anything else is a bug and shows its stack. */
const exitCodes: Record<string, number> = {
  UsageError: 2,
  ConfigError: 2,
  ApiError: 1,
  AppError: 1,
  DataError: 1,
  FormatError: 1,
  HubError: 1,
  ImageError: 1,
  MetricError: 1,
  OptionError: 2,
  OutputError: 1,
  ModelError: 1,
  TrainingError: 1,
  RuntimeFailure: 1,
  VlmError: 1,
  DecodeError: 2,
}

const hint = (command: string | undefined) =>
  `See: descry ${command === undefined ? '' : `${command} `}--help`
