import { Download } from 'lucide-react'
import { buttonClass } from '../components/button.tsx'
import { ReferenceView } from '../features/reference/reference-view.tsx'
import { OPEN_API_URL } from '../features/reference/requests/get-open-api.ts'
import { useTitle } from './use-title.ts'

export function ReferencePage() {
  useTitle('API')
  return (
    <>
      <div className="mb-8 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="text-title font-medium">API</h1>
          <p className="text-n7">
            The address of this server is{' '}
            <code className="font-mono text-small">{location.origin}</code>. The examples run as
            shown.
          </p>
        </div>
        <a href={OPEN_API_URL} download="descry-openapi.json" className={buttonClass()}>
          <Download size={16} aria-hidden />
          Download openapi.json
        </a>
      </div>
      <ReferenceView origin={location.origin} />
    </>
  )
}
