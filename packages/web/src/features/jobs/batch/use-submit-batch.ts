import type { BatchJob, CaptionOptions } from '@descry/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { findFileProblem } from '../../../lib/find-file-problem.ts'
import { count } from '../../../lib/format.ts'
import { useNotify } from '../../../lib/services/notices.ts'
import { useServices } from '../../../lib/services/services.ts'
import { batchKey, batchQuery } from '../requests/get-batch.ts'
import { batchPageKey, listArrivedNames } from '../requests/list-batch-jobs.ts'
import { isIncomplete } from './batch-title.ts'
import { isOnItsWay } from './create-uploads.ts'
import { useUploads, useUploadsOf } from './uploads-context.ts'
import { withoutArrived } from './without-arrived.ts'

type Options = {
  /** The batch that is open. */
  batchId: string | undefined
  options: Partial<CaptionOptions>
  onStarted: (batch: BatchJob) => void
}
type Images = { files: readonly File[]; folder?: string | undefined }

/** Sends images into the open batch if it still awaits some, otherwise into a batch of their own. */
export function useSubmitBatch({ batchId, options, onStarted }: Options) {
  const openBatch = useAwaitingBatch(batchId)
  const start = useStart(options, onStarted)
  const add = useAdd(options)
  const mutation = useMutation({
    mutationFn: (images: Images) => (openBatch ? add(openBatch, images) : start(images)),
  })
  const { mutate, error, variables } = mutation
  return {
    isAwaitingImages: openBatch !== undefined,
    submit: mutate,
    error,
    retry: () => variables && mutate(variables),
  }
}

/** The batch, if images of it are missing that this page is not sending. */
function useAwaitingBatch(batchId: string | undefined): BatchJob | undefined {
  const { client } = useServices()
  const { data } = useQuery({
    ...batchQuery(client, batchId ?? ''),
    enabled: batchId !== undefined,
  })
  const isUploading = useUploadsOf(batchId).some(isOnItsWay)
  return data && isIncomplete(data) && !isUploading ? data : undefined
}

/** Creates a batch on the server and begins to send its files. */
function useStart(options: Partial<CaptionOptions>, onStarted: (batch: BatchJob) => void) {
  const { client, queryClient } = useServices()
  const uploads = useUploads()
  const notify = useNotify()
  return async ({ files, folder }: Images) => {
    if (files.every(findFileProblem)) {
      notify({ text: `None of the ${files.length} files is an image. Nothing was sent.` })
      return
    }
    const name = folder?.trim().slice(0, MAX_NAME_LENGTH).toWellFormed()
    const body = { images: files.length, ...(name && { name }) }
    const batch = await client.createBatch({ body })
    queryClient.setQueryData(batchKey(batch.id), batch)
    queryClient.setQueryData(batchPageKey(batch.id, 0), [])
    uploads.add(batch.id, files, options)
    onStarted(batch)
  }
}

/** Sends the files of a batch that it does not have yet. */
function useAdd(options: Partial<CaptionOptions>) {
  const { client } = useServices()
  const uploads = useUploads()
  const notify = useNotify()
  return async ({ id }: BatchJob, { files }: Images) => {
    const missing = withoutArrived(files, await listArrivedNames(client, id))
    uploads.drop(id) // so that a file that was refused before is not listed twice
    uploads.add(id, missing, options)
    const skipped = files.length - missing.length
    if (skipped > 0) notify({ text: `${count(skipped, 'image')} had arrived before.` })
  }
}

const MAX_NAME_LENGTH = 200
