import { Button } from '../../../components/button.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'

/** The server could not be told about the images. */
export const SubmitFailure = ({ error, onRetry }: { error: unknown; onRetry: () => void }) => (
  <ErrorNote error={error} kept="No image was sent; they are kept here.">
    <Button onClick={onRetry}>Try again</Button>
  </ErrorNote>
)
