import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { BackLink } from '../../../components/back-link.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { captionersQuery } from '../../../lib/captioners/list-captioners.ts'
import { useNotify } from '../../../lib/notices.ts'
import { useServices } from '../../../lib/services.ts'
import { findPreset, freeName, presetOf } from '../presets.ts'
import { configuredCaptionersQuery } from '../requests/list-configured-captioners.ts'
import { type Setup, useSaveCaptioner } from '../requests/use-save-captioner.ts'
import { CaptionerForm } from './captioner-form.tsx'

type Props = { add: string | undefined; edit: string | undefined }

/** Sets up a captioner of a kind (`add`), or changes the one of a name (`edit`). */
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
  const own = configured.data.find(({ settings }) => settings.name === edit)
  const preset = own ? presetOf(own.settings) : findPreset(add ?? '')
  if (!preset) {
    return (
      <EmptyState
        title="There is no such captioner"
        text={`${edit ?? add} cannot be set up here. It may have been removed.`}
      >
        <BackLink section="captioners">Captioners</BackLink>
      </EmptyState>
    )
  }
  const taken = [...configured.data.map(({ settings }) => settings.name), ...namesOf(captioners)]
  const store = (setup: Setup) => {
    const { name } = setup.settings
    save.mutate(setup, {
      onSuccess: () => {
        const before = own?.settings // its key stays as it is now
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
        {own ? `Edit ${own.settings.name}` : `Add ${preset.title}`}
      </h2>
      <p className="measure mb-5 text-n7">{preset.sentence}</p>
      <CaptionerForm
        key={own?.settings.name ?? preset.id}
        preset={preset}
        own={own}
        name={freeName(preset.settings.name, taken)}
        taken={own ? [] : taken}
        isSaving={save.isPending}
        onSave={store}
      >
        {save.isError && <ErrorNote error={save.error} kept="Nothing was saved." />}
      </CaptionerForm>
    </>
  )
}

const namesOf = ({ data = [] }: { data?: readonly { name: string }[] | undefined }) =>
  data.map(({ name }) => name)
