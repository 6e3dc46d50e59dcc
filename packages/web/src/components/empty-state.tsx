import type { ReactNode } from 'react'

type Props = { title: string; text: string; children?: ReactNode }

/** What an empty page is for, and one action. */
export function EmptyState({ title, text, children }: Props) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-24 text-center">
      <h2 className="text-large font-medium">{title}</h2>
      <p className="text-n7">{text}</p>
      {children}
    </div>
  )
}
