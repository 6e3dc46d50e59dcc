import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import type { Shortcut } from '../../lib/shortcuts.ts'
import { KeyCap } from './key-cap.tsx'

type Props = { shortcuts: readonly Shortcut[]; onClose: () => void }

const isApple = () => /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The keyboard shortcuts of the current page. */
export function ShortcutsDialog({ shortcuts, onClose }: Props) {
  const palette = { keys: isApple() ? '⌘ K' : 'Ctrl K', label: 'Find pages and actions' }
  return (
    <Dialog label="Keyboard shortcuts" onClose={onClose}>
      <div className="p-5">
        <h2 className="text-large font-medium">Keyboard shortcuts</h2>
        <dl className="mt-3">
          {[...shortcuts, palette].map(({ keys, label }) => (
            <div key={keys} className="flex min-h-9 items-center justify-between gap-4">
              <dt>{label}</dt>
              <dd>
                <KeyCap keys={keys} />
              </dd>
            </div>
          ))}
        </dl>
        <Button className="mt-4" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  )
}
