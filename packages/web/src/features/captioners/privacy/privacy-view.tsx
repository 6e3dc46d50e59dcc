import { useQuery } from '@tanstack/react-query'
import { ErrorNote } from '../../../components/error-note.tsx'
import { SectionHeader } from '../../../components/section-header.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { captioningRulesQuery } from '../../../lib/captioners/get-captioning-rules.ts'
import { captionersQuery } from '../../../lib/captioners/list-captioners.ts'
import { useServices } from '../../../lib/services.ts'
import { useChangeRules } from '../requests/use-change-rules.ts'
import { BudgetFields } from './budget-fields.tsx'
import { DestinationRules } from './destination-rules.tsx'
import { SentImageLog } from './sent-image-log.tsx'

/** Where images may go, what captions may cost, and which images left this machine. */
export function PrivacyView() {
  const { client } = useServices()
  const captioners = useQuery(captionersQuery(client))
  const rules = useQuery(captioningRulesQuery(client))
  const { change, error } = useChangeRules()
  const failure = captioners.error ?? rules.error

  if (failure) return <ErrorNote error={failure} />
  if (!captioners.data || !rules.data) return <SkeletonLines widths={['30%', '60%', '60%']} />
  return (
    <div className="flex flex-col gap-12">
      {error && <ErrorNote error={error} kept="The rules were not changed." />}
      <div>
        <SectionHeader
          title="Where images may go"
          text="Captioners that would send them anywhere else are skipped."
        />
        <DestinationRules
          privacy={rules.data.privacy}
          captioners={captioners.data}
          onSave={(privacy, message) => change({ privacy }, message)}
        />
      </div>
      <div>
        <SectionHeader
          title="Budgets"
          text="A hard limit in US dollars, for captioners with a price. Leave empty for no limit."
        />
        <BudgetFields
          budgets={rules.data.budgets}
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
