import { Ban, Check, CircleAlert, Clock, Loader, Upload } from 'lucide-react'

const kinds = {
  waiting: { icon: Clock, word: 'Waiting', tone: 'text-n7' },
  uploading: { icon: Upload, word: 'Uploading', tone: 'text-ink' },
  queued: { icon: Clock, word: 'Queued', tone: 'text-n7' },
  processing: { icon: Loader, word: 'Captioning', tone: 'text-ink' },
  done: { icon: Check, word: 'Done', tone: 'text-n8' },
  failed: { icon: CircleAlert, word: 'Failed', tone: 'text-alarm' },
  canceled: { icon: Ban, word: 'Canceled', tone: 'text-n7' },
} as const

export type StatusKind = keyof typeof kinds

/** A state as icon and word, never by colour alone. */
export function StatusLabel({ status }: { status: StatusKind }) {
  const { icon: Icon, word, tone } = kinds[status]
  return (
    <span className={`inline-flex shrink-0 items-center gap-1.5 text-small font-medium ${tone}`}>
      <Icon size={14} aria-hidden />
      {word}
    </span>
  )
}
