/**
 * Keeps ONNX Runtime (since 1.29, on Linux and macOS) from describing this machine and its models to its
 * maker, for which it also runs a recursive regular expression over the command line: with some 15,000
 * bytes of file names, that overflows the stack of a worker thread and ends the process.
 *
 * It asks the environment of the process, once and before its first session, so this is called on the
 * main thread: in a worker, `process.env` is a copy that no native code sees.
 */
export function disableTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1'
}
