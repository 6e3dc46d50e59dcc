import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { copyText } from '../lib/copy-text.ts'
import { useAnnounce } from '../lib/services/notices.ts'
import { Button } from './button.tsx'

type Props = { text: string; label: string; what: string }

/** `label` is shown; `what` completes it for screen readers: "Copy" + "caption". */
export function CopyButton({ text, label, what }: Props) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  const announce = useAnnounce()

  useEffect(() => {
    if (copied === 'no') return
    const timer = setTimeout(() => setCopied('no'), 2000)
    return () => clearTimeout(timer)
  }, [copied])

  const copy = () =>
    copyText(text).then(
      () => {
        setCopied('yes')
        announce(`Copied the ${what}.`)
      },
      () => setCopied('failed'),
    )

  return (
    <Button variant="ghost" onClick={copy} aria-label={`${label} ${what}`}>
      {copied === 'yes' ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      {copied === 'yes' ? 'Copied' : copied === 'failed' ? 'Copying failed' : label}
    </Button>
  )
}
