import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { CaptionersView } from '../../features/captioners/captioners-view.tsx'
import { ChainView } from '../../features/captioners/chain/chain-view.tsx'
import { PrivacyView } from '../../features/captioners/privacy/privacy-view.tsx'
import { PromptsView } from '../../features/prompts/prompts-view.tsx'
import { useShortcuts } from '../../lib/services/use-shortcuts.ts'
import { useTitle } from '../use-title.ts'
import { SectionNav } from './section-nav.tsx'
import { sectionNames, sections } from './sections.ts'

const route = getRouteApi('/settings')

/** How captions are made on this server. */
export function SettingsPage() {
  const { section = 'captioners', add, edit } = route.useSearch()
  const navigate = route.useNavigate()
  useTitle(`${sections[section]} · Settings`)
  const keys = useMemo(
    () => [
      ...sectionNames.map((name, index) => ({
        keys: String(index + 1),
        label: `Settings: ${sections[name]}`,
        run: () => void navigate({ search: { section: name } }),
      })),
      {
        keys: 'n',
        label: 'Add a captioner',
        run: () => void navigate({ search: { section: 'captioners', add: 'choose' } }),
      },
    ],
    [navigate],
  )
  useShortcuts(keys)
  return (
    <>
      <h1 className="mb-5 text-title font-medium">Settings</h1>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-6 lg:grid-cols-[12rem_minmax(0,1fr)]">
        <SectionNav current={section} />
        <section aria-label={sections[section]} className="min-w-0">
          {section === 'captioners' && <CaptionersView add={add} edit={edit} />}
          {section === 'chain' && <ChainView />}
          {section === 'privacy' && <PrivacyView />}
          {section === 'prompts' && <PromptsView isAdding={add !== undefined} edit={edit} />}
        </section>
      </div>
    </>
  )
}
