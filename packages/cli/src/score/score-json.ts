import type { ScoreReport } from './score-files.ts'

/** Keys as the COCO caption evaluation has them, and what else is to be known. */
export function toScoreJson(report: ScoreReport, { perImage }: { perImage: boolean }): string {
  const { corpus, ids, references, meteorVariant, segmenter, warnings } = report
  const json = {
    ...corpus,
    ...(meteorVariant === undefined ? {} : { meteorVariant }),
    ...(segmenter === undefined ? {} : { segmenter }),
    images: ids.length,
    references,
    warnings,
    ...(perImage
      ? { perImage: report.perImage.map((scores, i) => ({ image_id: ids[i], ...scores })) }
      : {}),
  }
  return `${JSON.stringify(json, null, 2)}\n`
}
