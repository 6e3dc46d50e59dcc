import type { BatchJob } from '@descry/contract'
import { count } from '../../../lib/format.ts'

/** The folder that its images come from, or how many they are. */
export const batchTitle = ({ name, progress }: Pick<BatchJob, 'name' | 'progress'>) =>
  name ?? count(progress.total, 'image')

/** Whether images that were announced have not arrived. */
export const isIncomplete = ({ status, items, progress }: BatchJob) =>
  status === 'processing' && items < progress.total
