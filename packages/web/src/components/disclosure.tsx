import type { ReactNode } from 'react'

type Props = {
  summary: ReactNode
  isOpen?: boolean | undefined
  children: ReactNode
}

/** Details that few people need, one click away. */
export function Disclosure({ summary, isOpen, children }: Props) {
  return (
    <details open={isOpen} className="text-small">
      <summary className="w-fit rounded-sm py-1 text-n7 hover:text-n9 pointer-coarse:py-3">
        {summary}
      </summary>
      {children}
    </details>
  )
}
