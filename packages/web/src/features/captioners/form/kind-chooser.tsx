import { Link } from '@tanstack/react-router'
import { BackLink } from '../../../components/back-link.tsx'
import { type Preset, presets } from '../presets.ts'

const groups = [
  { title: 'Your own', isService: false },
  { title: 'Cloud services, which receive your images', isService: true },
]

/** The choice of a captioner to add. */
export function KindChooser() {
  return (
    <>
      <BackLink section="captioners">Captioners</BackLink>
      <h2 className="text-large font-medium">Add a captioner</h2>
      {groups.map(({ title, isService }) => (
        <div key={title} className="mt-5">
          <h3 className="mb-2 text-small font-medium text-n7">{title}</h3>
          <KindList members={presets.filter((preset) => preset.isService === isService)} />
        </div>
      ))}
    </>
  )
}

function KindList({ members }: { members: readonly Preset[] }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2 2xl:grid-cols-3 3xl:grid-cols-4">
      {members.map(({ id, title, description }) => (
        <li key={id}>
          <Link
            to="/settings"
            search={{ section: 'captioners', add: id }}
            className="flex h-full flex-col rounded-md border border-n4 bg-n0 p-4 hover:border-n6"
          >
            <span className="font-medium">{title}</span>
            <span className="text-small text-n7">{description}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
