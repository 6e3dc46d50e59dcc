import type { ReactNode } from 'react'

type Props = { title: string; text: ReactNode; children?: ReactNode }

/** The name of a section, what it is for, and its main action. */
export function SectionHeader({ title, text, children }: Props) {
  return (
    <div className="mb-5 flex flex-wrap items-start gap-x-8 gap-y-3">
      <div className="min-w-0 grow basis-72">
        <h2 className="text-large font-medium">{title}</h2>
        <p className="measure text-pretty text-n7">{text}</p>
      </div>
      {children}
    </div>
  )
}
