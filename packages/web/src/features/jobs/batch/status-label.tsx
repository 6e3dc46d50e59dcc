import { Ban, Check, CircleAlert, Clock, Loader, Upload } from 'lucide-react'

const statuses = {
  waiting: { icon: Clock, label: 'Waiting', tone: 'text-n7' },
  uploading: { icon: Upload, label: 'Uploading', tone: 'text-ink' },
  queued: { icon: Clock, label: 'Queued', tone: 'text-n7' },
  processing: { icon: Loader, label: 'Captioning', tone: 'text-ink' },
  done: { icon: Check, label: 'Done', tone: 'text-n8' },
  failed: { icon: CircleAlert, label: 'Failed', tone: 'text-alarm' },
  canceled: { icon: Ban, label: 'Canceled', tone: 'text-n7' },
} as const

export type Status = keyof typeof statuses

/** A status as icon and text, never by color alone. */
export function StatusLabel({ status }: { status: Status }) {
  const { icon: Icon, label, tone } = statuses[status]
  return (
    <span className={`inline-flex shrink-0 items-center gap-1.5 text-small font-medium ${tone}`}>
      <Icon size={14} aria-hidden />
      {label}
    </span>
  )
}
