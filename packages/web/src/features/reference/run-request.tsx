import { useMutation } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatDuration } from '../../lib/format.ts'
import { fetchWithDeadline } from '../../lib/server/fetch-with-deadline.ts'

/** Sends a request to the server and shows the response. */
export function RunRequest({ path, address }: { path: string; address: string }) {
  const request = useMutation({ mutationFn: () => send(address) })
  return (
    <div className="mt-3">
      <Button
        onClick={() => request.mutate()}
        disabled={request.isPending}
        aria-label={`Run GET ${path}`}
      >
        <Play size={16} aria-hidden />
        Run
      </Button>
      <div aria-live="polite" className="mt-3">
        {request.isError && <ErrorNote error={request.error} />}
        {request.data && (
          <>
            <p className="text-small text-n7">
              Status {request.data.status} in {formatDuration(request.data.ms)}
            </p>
            <CodeBlock
              text={request.data.text}
              className="mt-1 max-h-96 rounded-md border border-n4 bg-n0"
            />
          </>
        )}
      </div>
    </div>
  )
}

async function send(address: string) {
  const start = performance.now()
  const response = await fetchWithDeadline(address)
  const text = await response.text()
  return { status: response.status, ms: performance.now() - start, text: indentJson(text) }
}

function indentJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
