import { useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useMemo } from 'react'
import { Button } from '../../components/button.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SkeletonLines } from '../../components/skeleton-lines.tsx'
import { ErrorTable } from './error-table.tsx'
import { parseOpenApi } from './open-api.ts'
import { OperationSection } from './operation-section.tsx'
import { ReferenceContents } from './reference-contents.tsx'
import { openApiQuery } from './requests/get-open-api.ts'
import { toReference } from './to-reference.ts'

/** The whole API, from the server's OpenAPI document. */
export function ReferenceView({ origin }: { origin: string }) {
  const query = useQuery(openApiQuery)
  const groups = useMemo(
    () => (query.data ? toReference(parseOpenApi(query.data)) : []),
    [query.data],
  )
  // The document arrives after the page, so the browser did not find the place that the address names.
  useLayoutEffect(() => {
    if (groups.length > 0) document.getElementById(location.hash.slice(1))?.scrollIntoView()
  }, [groups])
  if (query.isPending) return <SkeletonLines widths={['40%', '90%', '85%', '60%']} />
  if (query.isError) {
    return (
      <ErrorNote error={query.error}>
        <Button onClick={() => query.refetch()}>Try again</Button>
      </ErrorNote>
    )
  }
  return (
    <div className="grid gap-12 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <ReferenceContents groups={groups} />
      <div className="min-w-0">
        {groups.map(({ tag, description, operations }) => (
          <section key={tag} aria-label={tag}>
            <h2 className="pt-2 text-large font-medium">{tag}</h2>
            {description && <p className="measure mb-4 text-n7">{description}</p>}
            {operations.map((operation) => (
              <OperationSection key={operation.id} operation={operation} origin={origin} />
            ))}
          </section>
        ))}
        <ErrorTable />
      </div>
    </div>
  )
}
