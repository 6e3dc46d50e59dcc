import { Link } from '@tanstack/react-router'
import { buttonClass } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { useTitle } from './use-title.ts'

export function NotFoundPage() {
  useTitle('Not found')
  return (
    <EmptyState
      title="There is no page at this address"
      text="The address may be mistyped, or the page may be gone."
    >
      <Link to="/" className={buttonClass('primary')}>
        Go to Caption
      </Link>
    </EmptyState>
  )
}
