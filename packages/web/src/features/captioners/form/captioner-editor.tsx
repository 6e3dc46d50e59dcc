import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { BackLink } from '../../../components/back-link.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { captionersQuery } from '../../../lib/captioners/list-captioners.ts'
import { useNotify } from '../../../lib/services/notices.ts'
import { useServices } from '../../../lib/services/services.ts'
import { findPreset, freeName, presetOf } from '../presets.ts'
import { configuredCaptionersQuery } from '../requests/list-configured-captioners.ts'
import { type Setup, useSaveCaptioner } from '../requests/use-save-captioner.ts'
import { CaptionerForm } from './captioner-form.tsx'

type Props = { add: string | undefined; edit: string | undefined }

/** Adds a captioner from a preset (`add`), or edits the one with a name (`edit`). */
export function CaptionerEditor({ add, edit }: Props) {
  const { client } = useServices()
  const configured = useQuery(configuredCaptionersQuery(client))
  const captioners = useQuery(captionersQuery(client))
  const navigate = useNavigate()
  const notify = useNotify()
  const save = useSaveCaptioner()

  if (configured.isError) return <ErrorNote error={configured.error} />
  if (!configured.data || captioners.isPending) {
    return <SkeletonLines widths={['30%', '50%', '50%', '50%']} />
  }
  const existing = configured.data.find(({ settings }) => settings.name === edit)
  const preset = existing ? presetOf(existing.settings) : findPreset(add ?? '')
  if (!preset) {
    return (
      <EmptyState
        title="Captioner not found"
        text={`There is no captioner “${edit ?? add}” to set up. It may have been removed.`}
      >
        <BackLink section="captioners">Captioners</BackLink>
      </EmptyState>
    )
  }
  const takenNames = [
    ...configured.data.map(({ settings }) => settings.name),
    ...namesOf(captioners),
  ]
  const submit = (setup: Setup) => {
    const { name } = setup.settings
    save.mutate(setup, {
      onSuccess: () => {
        const before = existing?.settings // undoing does not change the key
        notify({
          text: `Saved ${name}.`,
          ...(before && { undo: () => save.mutateAsync({ settings: before }) }),
        })
        void navigate({ to: '/settings', search: { section: 'captioners' } })
      },
    })
  }
  return (
    <>
      <BackLink section="captioners">Captioners</BackLink>
      <h2 className="text-large font-medium wrap-anywhere">
        {existing ? `Edit ${existing.settings.name}` : `Add ${preset.title}`}
      </h2>
      <p className="measure mb-5 text-n7">{preset.description}</p>
      <CaptionerForm
        key={existing?.settings.name ?? preset.id}
        preset={preset}
        existing={existing}
        name={freeName(preset.settings.name, takenNames)}
        takenNames={existing ? [] : takenNames}
        isSaving={save.isPending}
        onSave={submit}
      >
        {save.isError && <ErrorNote error={save.error} kept="Nothing was saved." />}
      </CaptionerForm>
    </>
  )
}

const namesOf = ({ data = [] }: { data?: readonly { name: string }[] | undefined }) =>
  data.map(({ name }) => name)
