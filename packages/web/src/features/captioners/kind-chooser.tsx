import { Link } from '@tanstack/react-router'
import { BackLink } from '../../components/back-link.tsx'
import { presets } from './presets.ts'

/** What one may set up. */
export function KindChooser() {
  return (
    <>
      <BackLink section="captioners">Captioners</BackLink>
      <h2 className="text-large font-medium">Add a captioner</h2>
      <p className="measure mb-5 text-n7">What kind is it?</p>
      <ul className="grid gap-3 sm:grid-cols-2 min-[2000px]:grid-cols-3">
        {presets.map(({ id, title, sentence }) => (
          <li key={id}>
            <Link
              to="/settings"
              search={{ section: 'captioners', add: id }}
              className="flex h-full flex-col rounded-md border border-n4 bg-n0 p-4 hover:border-n6"
            >
              <span className="font-medium">{title}</span>
              <span className="text-small text-n7">{sentence}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
