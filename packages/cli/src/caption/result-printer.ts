import { describeConfidence } from '@descry/contract'
import { sidecarPath } from '@descry/formats'
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
  let kept = 0
  let failed = 0
  const notes = new Set<string>()
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
      else if (result.txt === 'skipped') kept++
      else done++
      if (isFailure) say(describeFailure(result))
      else progress.clear()
      if (json) await output.write(JSON.stringify(result))
      else if (!isFailure) await output.write(isSingle ? result.caption : toLine(result))
      if (!isFailure && result.note !== undefined && !notes.has(result.note)) {
        notes.add(result.note)
        say(result.note) // once, for however many images it is true
      }
      if (isSingle && !json && !isFailure && result.confidence !== null) {
        say(`${result.captioner} is ${describeConfidence(result.confidence)}.`)
      }
      if (isSingle && !json && !isFailure && result.txt === 'skipped') say(describeKept(result))
    },
    finish({ total, stopped }: { total: number; stopped: boolean }) {
      const left = total - done - kept - failed
      progress.clear()
      if (total > 1 || stopped) say(`${describeCounts({ done, kept, failed, left })}.`)
    },
  }
}

/** A message that names the file needs no name in front. */
function describeFailure({ file, error }: FailedFile): string {
  const words = error.message.replace(/[.,:;](?=\s|$)/g, '')
  return ` ${words} `.includes(` ${file} `) ? error.message : `${file}: ${error.message}`
}

const describeKept = ({ file }: CaptionedFile): string =>
  `${sidecarPath(file)} had this caption already and is as it was. For a new one: --existing append or replace.`

function toLine({ file, caption, confidence, txt }: CaptionedFile): string {
  const line = `${file}\t${caption}`
  if (txt === 'skipped') return `${line}\tkept`
  return confidence === null ? line : `${line}\t${describeConfidence(confidence)}`
}

/** "12 captioned, 3 kept as they were, 1 failed": zeros are only said where they reassure. */
function describeCounts(counts: Record<'done' | 'kept' | 'failed' | 'left', number>): string {
  const { done, kept, failed, left } = counts
  const parts = [`${done} captioned`]
  if (kept > 0) parts.push(`${kept} kept as ${kept === 1 ? 'it was' : 'they were'}`)
  parts.push(`${failed} failed`)
  if (left > 0) parts.push(`stopped with ${left} left`)
  return parts.join(', ')
}
