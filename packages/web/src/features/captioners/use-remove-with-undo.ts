import type { ConfiguredCaptioner } from '@descry/contract'
import { useRemoveCaptioner } from '../../lib/requests/use-remove-captioner.ts'
import { useSaveCaptioner } from '../../lib/requests/use-save-captioner.ts'
import { useNotify } from '../../lib/use-notify.ts'

/** Removes a captioner and offers the way back. Its key cannot come back, and the notice says so. */
export function useRemoveWithUndo() {
  const remove = useRemoveCaptioner()
  const save = useSaveCaptioner()
  const notify = useNotify()
  const mutate = (own: ConfiguredCaptioner) => {
    const { settings } = own
    const undo = () => save.mutateAsync({ settings })
    // What goes wrong is told by `error`.
    remove.mutateAsync(settings.name).then(() => notify({ text: tell(own), undo }), () => {})
  }
  return { mutate, error: remove.error }
}

const tell = ({ settings: { name }, keyHint }: ConfiguredCaptioner) =>
  keyHint === null
    ? `Removed ${name}.`
    : `Removed ${name}. Its key ••••${keyHint} is deleted: undo brings back all but the key.`
