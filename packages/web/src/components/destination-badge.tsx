import { Globe, House, Server } from 'lucide-react'
import { describeDestination } from '../lib/captioners/describe-destination.ts'

const icons = { nowhere: House, 'this-machine': Server, elsewhere: Globe } as const

/** Where a captioner sends the images it is asked about. */
export function DestinationBadge({ host }: { host: string | null }) {
  const { place, text } = describeDestination(host)
  const Icon = icons[place]
  return (
    <span
      className={`inline-flex w-fit items-start gap-1.5 rounded-sm bg-n2 px-2 py-1 text-small ${place === 'elsewhere' ? 'font-medium text-n9' : 'text-n8'}`}
    >
      <Icon size={14} aria-hidden className="mt-[3px] shrink-0" />
      <span className="wrap-anywhere">{text}</span>
    </span>
  )
}

export function ForbiddenNote() {
  return (
    <p className="text-small text-alarm">The privacy rules do not allow sending images to it.</p>
  )
}
