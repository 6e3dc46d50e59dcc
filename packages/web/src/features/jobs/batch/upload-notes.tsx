import type { BatchJob } from '@descry/contract'
import { Button } from '../../../components/button.tsx'
import { describeError } from '../../../lib/failures/describe-error.ts'
import { count, formatNumber } from '../../../lib/format.ts'
import { useCloseBatch } from '../requests/use-change-job.ts'
import { isWorthRetrying, type Upload } from './create-uploads.ts'
import { useUploads } from './uploads-context.ts'

const MAX_SHOWN = 5

/** Says that images which were announced are not on their way, and what can be done. */
export function MissingImages({ batch, onAdd }: { batch: BatchJob; onAdd: () => void }) {
  const close = useCloseBatch()
  const { items, progress } = batch
  return (
    <section
      aria-label="Missing images"
      className="flex flex-col gap-2 rounded-md border border-n4 bg-n0 p-4"
    >
      <h2 className="font-medium">
        {formatNumber(items)} of {count(progress.total, 'image')} arrived
      </h2>
      <p className="measure text-small text-n8">
        This page is not sending the others. Drop or choose all of them again: those that have
        arrived are not sent twice. If another window is still sending them, there is nothing to do.
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" onClick={onAdd}>
          Add the others
        </Button>
        {items > 0 && (
          <Button disabled={close.isPending} onClick={() => close.mutate(batch.id)}>
            Finish with {items === 1 ? 'this one' : `these ${formatNumber(items)}`}
          </Button>
        )}
        {close.error && (
          <p role="alert" className="text-small text-alarm">
            {describeError(close.error).detail}
          </p>
        )}
      </div>
    </section>
  )
}

/** Files that did not become part of the batch, and why. */
export function RefusedFiles({
  batchId,
  refused,
}: {
  batchId: string
  refused: readonly Upload[]
}) {
  const uploads = useUploads()
  if (refused.length === 0) return null
  const again = refused.filter(isWorthRetrying).length
  const hidden = refused.length - MAX_SHOWN
  return (
    <section
      aria-label="Refused files"
      className="rounded-md border border-alarm bg-alarm-soft p-4"
    >
      <h2 role="alert" className="font-medium text-alarm">
        {count(refused.length, 'file')} could not be added
      </h2>
      <ul className="mt-1 flex flex-col gap-1 text-small">
        {refused.slice(0, MAX_SHOWN).map(({ key, file, error }) => (
          <li key={key} className="measure wrap-anywhere">
            {explain(file, error)}
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className="mt-1 text-small">and {count(hidden, 'other', 'others')}</p>}
      <div className="mt-3 flex flex-wrap gap-2">
        {again > 0 && (
          <Button onClick={() => uploads.retry(batchId)}>Send {count(again, 'file')} again</Button>
        )}
        <Button onClick={() => uploads.drop(batchId)}>Dismiss</Button>
      </div>
    </section>
  )
}

function explain({ name }: File, error: unknown): string {
  const { title, detail } = describeError(error)
  const reason = detail || title
  return reason.includes(name) ? reason : `“${name}”: ${reason}`
}
