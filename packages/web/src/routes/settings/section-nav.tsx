import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { type Section, sectionNames, sections } from './sections.ts'

/** Links to the sections, beside their content, or in a row above it in narrow windows. */
export function SectionNav({ current }: { current: Section }) {
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    // Where the row does not fit, it is scrolled to the current section.
    const link = ref.current?.children[sectionNames.indexOf(current)]
    link?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <nav
      ref={ref}
      aria-label="Settings"
      className="-m-1 flex gap-0.5 self-start overflow-x-auto p-1 sm:gap-1 lg:sticky lg:top-16 lg:flex-col"
    >
      {sectionNames.map((section) => (
        <Link
          key={section}
          to="/settings"
          search={{ section }}
          aria-current={section === current ? 'page' : undefined}
          activeOptions={{ exact: true, includeSearch: true }}
          className="inline-flex min-h-9 shrink-0 items-center rounded-md px-2 text-small font-medium text-n8 hover:bg-n3 aria-[current=page]:bg-n3 aria-[current=page]:text-n9 sm:px-3 pointer-coarse:min-h-11"
        >
          {sections[section]}
        </Link>
      ))}
    </nav>
  )
}
