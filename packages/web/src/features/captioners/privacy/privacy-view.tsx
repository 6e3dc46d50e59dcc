import { useQuery } from '@tanstack/react-query'
import { ErrorNote } from '../../../components/error-note.tsx'
import { SectionHeader } from '../../../components/section-header.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { captioningRulesQuery } from '../../../lib/captioners/get-captioning-rules.ts'
import { captionersQuery } from '../../../lib/captioners/list-captioners.ts'
import { useServices } from '../../../lib/services.ts'
import { useChangeRules } from '../requests/use-change-rules.ts'
import { BudgetFields } from './budget-fields.tsx'
import { PixelRules } from './pixel-rules.tsx'
import { SentImages } from './sent-images.tsx'

/** Where pictures may go, what captions may cost, and what left this machine. */
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
      {error && <ErrorNote error={error} kept="The rules are as they were before." />}
      <div>
        <SectionHeader
          title="Where pictures may go"
          text="A captioner that would send them elsewhere is passed over."
        />
        <PixelRules
          privacy={rules.data.privacy}
          captioners={captioners.data}
          onSave={(privacy, message) => change({ privacy }, message)}
        />
      </div>
      <div>
        <SectionHeader
          title="Budgets"
          text="A hard stop, in dollars, for captioners that have a price. Left empty: no limit."
        />
        <BudgetFields
          budgets={rules.data.budgets}
          onSave={(budgets, message) => change({ budgets }, message)}
        />
      </div>
      <div>
        <SectionHeader
          title="What left this machine"
          text="Every picture that was sent to a captioner, noted before it goes."
        />
        <SentImages />
      </div>
    </div>
  )
}
