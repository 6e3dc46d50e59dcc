import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { captionersQuery } from '../../lib/requests/list-captioners.ts'
import { useServices } from '../../lib/services.ts'
import { fitSettings, readSettings, type Settings, writeSettings } from './settings.ts'

/** The chosen captioner and styles, remembered in this browser. */
export function useSettings() {
  const { client } = useServices()
  const { data: captioners, error } = useQuery(captionersQuery(client))
  const [settings, setSettings] = useState(() => readSettings(localStorage))
  const fitted = useMemo(() => fitSettings(settings, captioners ?? []), [settings, captioners])

  const choose = (change: Partial<Settings>) => {
    const next = { captioner: fitted.captioner?.name, styles: fitted.styles, ...change }
    writeSettings(localStorage, next)
    setSettings(next)
  }
  return { captioners, error, ...fitted, choose }
}
