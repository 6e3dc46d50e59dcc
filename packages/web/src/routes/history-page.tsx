import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo, useRef } from 'react'
import { HistorySearch } from '../features/history/history-search.tsx'
import { HistoryView } from '../features/history/history-view.tsx'
import { useShortcuts } from '../lib/services/use-shortcuts.ts'
import { useTitle } from './use-title.ts'

const route = getRouteApi('/history')

export function HistoryPage() {
  useTitle('History')
  const { search } = route.useSearch()
  const navigate = route.useNavigate()
  const inputRef = useRef<HTMLInputElement>(null)
  const setSearch = useCallback(
    (text: string) =>
      void navigate({ search: text.trim() ? { search: text.trim() } : {}, replace: true }),
    [navigate],
  )
  const keys = useMemo(
    () => [{ keys: '/', label: 'Search captions', run: () => inputRef.current?.focus() }],
    [],
  )
  useShortcuts(keys)
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-title font-medium">History</h1>
        <HistorySearch value={search ?? ''} onSearch={setSearch} inputRef={inputRef} />
      </div>
      <HistoryView search={search} onClear={() => setSearch('')} />
    </>
  )
}
