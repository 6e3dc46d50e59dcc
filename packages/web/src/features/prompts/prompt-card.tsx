import type { Prompt } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import { Button, buttonClass } from '../../components/button.tsx'

type Props = { prompt: Prompt; onRemove: () => void }

/** A saved prompt. */
export function PromptCard({ prompt: { name, template }, onRemove }: Props) {
  return (
    <article aria-label={name} className="rounded-md border border-n4 bg-n0 p-4">
      <h4 className="font-medium wrap-anywhere">{name}</h4>
      <p className="measure mt-1 text-small whitespace-pre-line text-n8 wrap-anywhere">
        {template}
      </p>
      <div className="mt-2 -mb-1 -ml-3 flex flex-wrap">
        <Link
          to="/settings"
          search={{ section: 'prompts', edit: name }}
          aria-label={`Edit ${name}`}
          className={buttonClass('ghost')}
        >
          <Pencil size={16} aria-hidden />
          Edit
        </Link>
        <Button variant="ghost" onClick={onRemove} aria-label={`Remove ${name}`}>
          <Trash2 size={16} aria-hidden />
          Remove
        </Button>
      </div>
    </article>
  )
}
