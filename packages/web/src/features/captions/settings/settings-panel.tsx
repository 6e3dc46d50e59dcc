import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { StyleChips } from '../../../components/style-chips.tsx'
import { CaptionerChoice } from './captioner-choice.tsx'
import { MoreSettings } from './more-settings.tsx'
import { TriggerField } from './trigger-field.tsx'
import type { useSettings } from './use-settings.ts'

type Props = { choice: ReturnType<typeof useSettings> }

/** Who captions, where the pixels go, which styles are written; the rest under More. */
export function CaptionSettings({ choice }: Props) {
  const { captioners, captioner, chain, settings, offered, styles, canInstruct, prompts, choose } =
    choice
  if (!captioners) return <SkeletonLines widths={['100%', '70%', '85%']} />
  if (captioners.length === 0) {
    return <p className="text-small text-n7">No captioner is configured on this server.</p>
  }
  return (
    <div className="flex flex-col gap-4">
      <CaptionerChoice
        captioners={captioners}
        captioner={captioner}
        chain={chain.map((member) => member.captioner)}
        onChoose={(name) => choose({ captioner: name })}
      />
      <StyleChips
        legend="Styles"
        offered={offered}
        chosen={styles}
        onChoose={(next) => choose({ styles: next })}
      />
      {styles.includes('training') && (
        <TriggerField value={settings.trigger} onChange={(trigger) => choose({ trigger })} />
      )}
      {canInstruct && (
        <MoreSettings
          language={settings.language}
          prompt={settings.prompt}
          prompts={prompts}
          onChoose={choose}
        />
      )}
    </div>
  )
}
