import { toOneLine } from '../text-sidecar.ts'
import type { DatasetFinding } from './dataset-finding.ts'

/** Captions of one line each, trimmed; empty and broken ones are left out and counted one by one. */
export function cleanCaptions(
  file: string,
  captions: readonly string[],
  leftOut: DatasetFinding[],
): string[] {
  return captions.flatMap((caption) => {
    const broken = findBroken(caption)
    const text = toOneLine(caption)
    if (broken) {
      const detail = `It holds ${broken}: ${JSON.stringify(caption.slice(0, 80))}`
      leftOut.push({ what: file, reason: 'caption-invalid', detail })
      return []
    }
    if (text !== '') return [text]
    leftOut.push({ what: file, reason: 'caption-empty' })
    return []
  })
}

function findBroken(caption: string): string | undefined {
  if (caption.includes('\0')) return 'NUL'
  if (!caption.isWellFormed()) return 'half a character'
  return caption.includes('\ufffd') ? 'a character that was lost (U+FFFD)' : undefined
}
