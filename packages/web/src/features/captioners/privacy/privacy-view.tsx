import { ErrorNote } from '../../../components/error-note.tsx'
import { SectionHeader } from '../../../components/section-header.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { useCaptioningRules } from '../requests/use-captioning-rules.ts'
import { BudgetFields } from './budget-fields.tsx'
import { DestinationRules } from './destination-rules.tsx'
import { SentImageLog } from './sent-image-log.tsx'

/** Where images may go, what captions may cost, and which images left this machine. */
export function PrivacyView() {
  const { captioners, rules, loadError, change, saveError } = useCaptioningRules()

  if (loadError) return <ErrorNote error={loadError} />
  if (!captioners || !rules) return <SkeletonLines widths={['30%', '60%', '60%']} />
  return (
    <div className="flex flex-col gap-12">
      {saveError && <ErrorNote error={saveError} kept="The rules were not changed." />}
      <div>
        <SectionHeader
          title="Where images may go"
          text="Captioners that would send them anywhere else are skipped."
        />
        <DestinationRules
          privacy={rules.privacy}
          captioners={captioners}
          onSave={(privacy, message) => change({ privacy }, message)}
        />
      </div>
      <div>
        <SectionHeader
          title="Budgets"
          text="A hard limit in US dollars, for captioners with a price. Leave empty for no limit."
        />
        <BudgetFields
          budgets={rules.budgets}
          onSave={(budgets, message) => change({ budgets }, message)}
        />
      </div>
      <div>
        <SectionHeader
          title="Images that left this machine"
          text="Every image sent to a captioner, recorded before it is sent."
        />
        <SentImageLog />
      </div>
    </div>
  )
}
