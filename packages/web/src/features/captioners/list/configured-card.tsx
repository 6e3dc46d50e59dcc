import type { ConfiguredCaptioner } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import { Button, buttonClass } from '../../../components/button.tsx'
import { TestControls } from '../test-controls.tsx'
import { CaptionerCard } from './captioner-card.tsx'
import type { CaptionerEntry } from './captioner-entries.ts'

type Props = {
  entry: CaptionerEntry
  configured: ConfiguredCaptioner
  onEnable: (settings: ConfiguredCaptioner['settings']) => void
  onRemove: (captioner: ConfiguredCaptioner) => void
}

/** A captioner that was set up here: it can be enabled, tested, edited and removed. */
export function ConfiguredCard({ entry, configured, onEnable, onRemove }: Props) {
  const { settings } = configured
  return (
    <CaptionerCard entry={entry} onEnable={(enabled) => onEnable({ ...settings, enabled })}>
      <TestControls name={entry.name} getSetup={() => ({ settings })}>
        <Link
          to="/settings"
          search={{ section: 'captioners', edit: entry.name }}
          aria-label={`Edit ${entry.name}`}
          className={buttonClass('ghost')}
        >
          <Pencil size={16} aria-hidden />
          Edit
        </Link>
        <Button
          variant="ghost"
          onClick={() => onRemove(configured)}
          aria-label={`Remove ${entry.name}`}
        >
          <Trash2 size={16} aria-hidden />
          Remove
        </Button>
      </TestControls>
    </CaptionerCard>
  )
}
