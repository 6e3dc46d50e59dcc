import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { buttonClass } from './button.tsx'

type Props = { section: 'captioners' | 'prompts'; add: string; children: string }

/** Leads from a section of the settings to the form for a new item. */
export function AddLink({ section, add, children }: Props) {
  return (
    <Link to="/settings" search={{ section, add }} className={buttonClass('primary')}>
      <Plus size={16} aria-hidden />
      {children}
    </Link>
  )
}
