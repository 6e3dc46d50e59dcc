import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'

type Props = { section: 'captioners' | 'prompts'; children: string }

/** Leads from an item of a settings section back to the list. */
export function BackLink({ section, children }: Props) {
  return (
    <Link
      to="/settings"
      search={{ section }}
      className="mb-3 -ml-1 inline-flex min-h-9 items-center gap-1.5 rounded-sm px-1 text-small text-n7 hover:text-n9 pointer-coarse:min-h-11"
    >
      <ArrowLeft size={14} aria-hidden />
      {children}
    </Link>
  )
}
