import type { OperationGroup } from './to-reference.ts'

const linkClass = 'block truncate rounded-sm py-1 text-small text-n8 hover:text-ink'

/** Links to all operations, beside them in wide windows, hidden in narrow ones. */
export function ReferenceContents({ groups }: { groups: readonly OperationGroup[] }) {
  return (
    <nav
      aria-label="Operations"
      className="sticky top-16 hidden max-h-[calc(100dvh-5rem)] self-start overflow-y-auto p-1 lg:block"
    >
      {groups.map(({ tag, operations }) => (
        <div key={tag} className="mb-4">
          <p className="text-small font-medium text-n7">{tag}</p>
          {operations.map(({ id, summary, path, method }) => (
            <a key={id} href={`#${id}`} className={linkClass} title={`${method} ${path}`}>
              {summary || path}
            </a>
          ))}
        </div>
      ))}
      <a href="#errors" className={linkClass}>
        Errors
      </a>
    </nav>
  )
}
