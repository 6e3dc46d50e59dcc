import { describeConfidence } from '@descry/contract'
import type { Output } from '../command.ts'
import type { CaptionedFile } from './caption-file.ts'
import type { FailedFile } from './failed-file.ts'
import type { LineWriter } from './line-writer.ts'
import type { Progress } from './progress.ts'

type Options = {
  json: boolean
  /** One file was named and nothing else: its path need not be repeated. */
  isSingle: boolean
  output: LineWriter
  stderr: Output
  progress: Progress
}

/** Results to stdout, failures to stderr (with --json to both), and a count at the end. */
export function resultPrinter({ json, isSingle, output, stderr, progress }: Options) {
  let done = 0
  let skipped = 0
  let failed = 0
  const say = (line: string) => {
    progress.clear()
    stderr.write(`${line}\n`)
  }
  return {
    get failed() {
      return failed
    },
    async print(result: CaptionedFile | FailedFile) {
      const isFailure = 'error' in result
      if (isFailure) failed++
      else if (result.txt === 'skipped') skipped++
      else done++
      if (isFailure) say(`${result.file}: ${result.error.message}`)
      else progress.clear()
      if (json) await output.write(JSON.stringify(result))
      else if (!isFailure) await output.write(isSingle ? result.caption : toLine(result))
      if (isSingle && !json && !isFailure && result.confidence !== null) {
        say(`${result.captioner} is ${describeConfidence(result.confidence)}.`)
      }
    },
    finish({ total, stopped }: { total: number; stopped: boolean }) {
      const left = total - done - skipped - failed
      progress.clear()
      if (total > 1 || stopped) say(`${describeCounts({ done, skipped, failed, left })}.`)
    },
  }
}

function toLine({ file, caption, confidence }: CaptionedFile): string {
  const line = `${file}\t${caption}`
  return confidence === null ? line : `${line}\t${describeConfidence(confidence)}`
}

/** "12 captioned, 3 skipped, 1 failed": zeros are only said where they reassure. */
function describeCounts(counts: Record<'done' | 'skipped' | 'failed' | 'left', number>): string {
  const { done, skipped, failed, left } = counts
  const parts = [`${done} captioned`]
  if (skipped > 0) parts.push(`${skipped} skipped`)
  parts.push(`${failed} failed`)
  if (left > 0) parts.push(`stopped with ${left} left`)
  return parts.join(', ')
}
