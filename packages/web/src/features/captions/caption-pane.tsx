import type { CaptionOptions } from '@descry/contract'
import { ErrorNote } from '../../components/error-note.tsx'
import { useStore } from '../../lib/store.ts'
import { useCaptionSession } from './caption-session.ts'
import { ResultPanel } from './result/result-panel.tsx'
import { SettingsPanel } from './settings/settings-panel.tsx'
import type { useSettings } from './settings/use-settings.ts'
import type { ImageSource } from './single/create-request.ts'
import { RequestPanel } from './single/request-panel.tsx'

type Props = {
  imageId: string | undefined
  settings: ReturnType<typeof useSettings>
  onSubmit: (source: ImageSource, options?: Partial<CaptionOptions>) => void
}

/** The right side: the captions, and the settings for the next ones. */
export function CaptionPane({ imageId, settings, onSubmit }: Props) {
  const { request } = useCaptionSession()
  const state = useStore(request.state)
  const { captioners, options, error } = settings
  return (
    <div className="order-1 flex min-w-0 flex-col gap-6 lg:order-none">
      {state.phase !== 'idle' ? (
        <RequestPanel
          state={state}
          onRetry={() => onSubmit(state.source, options)}
          onForce={() => onSubmit(state.source, { ...options, force: true })}
          onDismiss={request.dismiss}
        />
      ) : (
        imageId && <ResultPanel key={imageId} imageId={imageId} settings={settings} />
      )}
      <section
        aria-label="Settings"
        className="flex flex-col gap-4 border-t border-n4 pt-4 first:border-0 first:pt-0"
      >
        {error && !captioners ? <ErrorNote error={error} /> : <SettingsPanel settings={settings} />}
      </section>
    </div>
  )
}
