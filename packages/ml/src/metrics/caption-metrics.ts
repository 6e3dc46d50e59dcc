import { bleuMetric } from './bleu.ts'
import type { CaptionMetric, MetricResources } from './caption-metric.ts'
import { ciderMetric, originalCiderMetric } from './cider.ts'
import { meteorMetric } from './meteor/meteor-metric.ts'
import { rougeMetric } from './rouge-l.ts'

/** All metrics; scores are in this order, which is that of the COCO evaluation. */
export const captionMetrics = [
  bleuMetric,
  meteorMetric,
  rougeMetric,
  ciderMetric,
  originalCiderMetric,
] as const satisfies readonly CaptionMetric[]

export type MetricName = (typeof captionMetrics)[number]['name']

export const metricNames: readonly MetricName[] = captionMetrics.map(({ name }) => name)

export const defaultMetrics: readonly MetricName[] = captionMetrics
  .filter(({ isDefault }) => isDefault)
  .map(({ name }) => name)

/** Whether one of the metrics takes the resource. */
export const usesResource = (
  metrics: readonly MetricName[],
  resource: keyof MetricResources,
): boolean => captionMetrics.some(({ name, uses }) => metrics.includes(name) && uses === resource)
